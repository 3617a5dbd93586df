"""Recognition: under a badge (`/badges/…`), among one's connections, by the link of a mail, and for machines."""

from django.urls import path

from connections.views import endorsements
from connections.views.ask import ask, asked, decline, withdraw_request
from connections.views.invited import decline_invited, invited, resume, stop, withdraw_invited
from connections.views.recognitions import answer, recognitions
from connections.views.recommend import congratulate, index, recommend, undo_congratulation, withdraw, written
from connections.views.recommend_skill import recommend_skill

app_name = "recognition"

urlpatterns = [
    path("badges/<uuid:uid>/reconnaissances/", recognitions, name="badge"),
    path("badges/<uuid:uid>/feliciter/", congratulate, name="congratulate"),
    path("badges/<uuid:uid>/ne-plus-feliciter/", undo_congratulation, name="undo_congratulation"),
    path("badges/<uuid:uid>/recommander/", recommend, name="recommend"),
    path("badges/<uuid:uid>/demander-une-recommandation/", ask, name="ask"),
    path("connexions/personnes/<uuid:uid>/recommander/", recommend_skill, name="recommend_skill"),
    path("connexions/recommandations/", index, name="index"),
    path("connexions/recommandations/<uuid:uid>/", written, name="written"),
    path("connexions/recommandations/<uuid:uid>/retirer/", withdraw, name="withdraw"),
    path("connexions/recommandations/<uuid:uid>/repondre/", answer, name="answer"),
    path("connexions/demandes/<uuid:uid>/", asked, name="asked"),
    path("connexions/demandes/<uuid:uid>/decliner/", decline, name="decline"),
    path("connexions/demandes/<uuid:uid>/retirer/", withdraw_request, name="withdraw_request"),
    path("recommander/<str:token>/", invited, name="invited"),
    path("recommander/<str:token>/decliner/", decline_invited, name="decline_invited"),
    path("recommander/<str:token>/retirer/", withdraw_invited, name="withdraw_invited"),
    path("recommander/<str:token>/ne-plus-recevoir/", stop, name="stop"),
    path("recommander/<str:token>/recevoir-de-nouveau/", resume, name="resume"),
    # Identifiers, for ever (connections/addresses.py): no slash at the end, no redirect.
    path("ob2/recommandations/<uuid:uid>", endorsements.endorsement, name="ob2_endorsement"),
    path("ob3/recommandations/<uuid:uid>", endorsements.endorsement_credential, name="ob3_endorsement"),
]
