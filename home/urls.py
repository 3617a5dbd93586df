from django.urls import path

from home.views import home, put_hint_away, welcome

app_name = "home"

urlpatterns = [
    path("", welcome, name="welcome"),
    path("accueil/", home, name="home"),
    path("accueil/conseils/<slug:slug>/ranger/", put_hint_away, name="put_hint_away"),
]
