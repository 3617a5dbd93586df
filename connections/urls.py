from django.urls import path

from passport.todo import todo

app_name = "connections"

urlpatterns = [
    path("", todo, name="index"),
    path("badges/<slug:slug>/suivre/", todo, name="follow"),
    path("badges/<slug:slug>/ne-plus-suivre/", todo, name="unfollow"),
    path("badges/<slug:slug>/commenter/", todo, name="comment"),
    path("commentaires/<uuid:uid>/supprimer/", todo, name="delete_comment"),
]
