from django.urls import path

from badges.views.picture import picture
from passport.todo import todo

app_name = "badges"

urlpatterns = [
    path("badges/", todo, name="index"),
    path("badges/images/<str:name>", picture, name="picture"),
    path("badges/<uuid:uid>/", todo, name="badge"),
    path("badges/<uuid:uid>/accepter/", todo, name="accept"),
    path("badges/<uuid:uid>/refuser/", todo, name="decline"),
    path("badges/<uuid:uid>/annuler/", todo, name="undo"),
    path("badges/<uuid:uid>/visibilite/", todo, name="visibility"),
    path("obtenir/retrouver/", todo, name="find"),
    path("obtenir/<str:token>/", todo, name="claim"),
    path("obtenir/badge/<uuid:uid>/", todo, name="claim_badge"),
    path("obtenir/badge/<uuid:uid>/compte/", todo, name="claim_account"),
    path("obtenir/badge/<uuid:uid>/refuser/", todo, name="claim_decline"),
    path("obtenir/badge/<uuid:uid>/annuler/", todo, name="claim_undo"),
    path("obtenir/badge/<uuid:uid>/ajouter-cette-adresse/", todo, name="claim_adopt"),
    path("obtenir/badge/<uuid:uid>/nouveau-lien/", todo, name="claim_renew"),
]
