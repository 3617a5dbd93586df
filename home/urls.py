from django.urls import path

from passport.todo import todo

app_name = "home"

urlpatterns = [
    path("", todo, name="welcome"),
    path("accueil/", todo, name="home"),
]
