from django.urls import path

from connections.views.comment import comment, delete_comment
from connections.views.follow import follow, unfollow
from connections.views.index import index

app_name = "connections"

urlpatterns = [
    path("", index, name="index"),
    path("badges/<slug:slug>/suivre/", follow, name="follow"),
    path("badges/<slug:slug>/ne-plus-suivre/", unfollow, name="unfollow"),
    path("badges/<slug:slug>/commenter/", comment, name="comment"),
    path("commentaires/<uuid:uid>/supprimer/", delete_comment, name="delete_comment"),
]
