from django.urls import path

from connections.views import people
from connections.views.comment import comment, delete_comment
from connections.views.follow import follow, follow_issuer, unfollow, unfollow_issuer
from connections.views.lists import badges, followers, index, issuers, set_aside, suggestions
from connections.views.report import report

app_name = "connections"

urlpatterns = [
    path("", index, name="index"),
    path("badges/", badges, name="badges"),
    path("emetteurs/", issuers, name="issuers"),
    path("abonnes/", followers, name="followers"),
    path("suggestions/", suggestions, name="suggestions"),
    path("ecartees/", set_aside, name="set_aside"),
    path("badges/<slug:slug>/suivre/", follow, name="follow"),
    path("badges/<slug:slug>/ne-plus-suivre/", unfollow, name="unfollow"),
    path("badges/<slug:slug>/commenter/", comment, name="comment"),
    path("commentaires/<uuid:uid>/supprimer/", delete_comment, name="delete_comment"),
    path("emetteurs/<slug:slug>/suivre/", follow_issuer, name="follow_issuer"),
    path("emetteurs/<slug:slug>/ne-plus-suivre/", unfollow_issuer, name="unfollow_issuer"),
    path("personnes/<uuid:uid>/suivre/", people.follow, name="follow_person"),
    path("personnes/<uuid:uid>/ne-plus-suivre/", people.unfollow, name="unfollow_person"),
    path("personnes/<uuid:uid>/accepter/", people.accept, name="accept"),
    path("personnes/<uuid:uid>/refuser/", people.refuse, name="refuse"),
    path("personnes/<uuid:uid>/lever-le-refus/", people.reconsider, name="reconsider"),
    path("personnes/<uuid:uid>/retirer/", people.remove, name="remove"),
    path("personnes/<uuid:uid>/bloquer/", people.block, name="block"),
    path("personnes/<uuid:uid>/debloquer/", people.unblock, name="unblock"),
    path("signaler/<slug:what>/<slug:subject>/", report, name="report"),
]
