from django.urls import path

from badges.views.badge import accept, badge, decline, undo
from badges.views.claim import claim, claim_account, claim_badge
from badges.views.claim_answers import (
    claim_adopt,
    claim_decline,
    claim_opened,
    claim_renew,
    claim_undo,
)
from badges.views.find import find
from badges.views.forward import claim_forward, forward, forwarded
from badges.views.index import index
from badges.views.picture import picture
from badges.views.unsubscribe import resubscribe, unsubscribe
from badges.views.visibility import visibility

app_name = "badges"

urlpatterns = [
    path("badges/", index, name="index"),
    path("badges/images/<str:name>", picture, name="picture"),
    path("badges/<uuid:uid>/", badge, name="badge"),
    path("badges/<uuid:uid>/accepter/", accept, name="accept"),
    path("badges/<uuid:uid>/refuser/", decline, name="decline"),
    path("badges/<uuid:uid>/annuler/", undo, name="undo"),
    path("badges/<uuid:uid>/transmettre/", forward, name="forward"),
    path("badges/<uuid:uid>/visibilite/", visibility, name="visibility"),
    path("obtenir/retrouver/", find, name="find"),
    path("obtenir/transmis/", forwarded, name="forwarded"),
    path("obtenir/desinscription/<str:token>/", unsubscribe, name="unsubscribe"),
    path("obtenir/desinscription/<str:token>/annuler/", resubscribe, name="resubscribe"),
    path("obtenir/<str:token>/", claim, name="claim"),
    path("obtenir/badge/<uuid:uid>/", claim_badge, name="claim_badge"),
    path("obtenir/badge/<uuid:uid>/compte/", claim_account, name="claim_account"),
    path("obtenir/badge/<uuid:uid>/pas-pour-moi/", claim_forward, name="claim_forward"),
    path("obtenir/badge/<uuid:uid>/ouvert/", claim_opened, name="claim_opened"),
    path("obtenir/badge/<uuid:uid>/refuser/", claim_decline, name="claim_decline"),
    path("obtenir/badge/<uuid:uid>/annuler/", claim_undo, name="claim_undo"),
    path("obtenir/badge/<uuid:uid>/ajouter-cette-adresse/", claim_adopt, name="claim_adopt"),
    path("obtenir/badge/<uuid:uid>/nouveau-lien/", claim_renew, name="claim_renew"),
]
