from django.urls import path

from home.views import home, welcome

app_name = "home"

urlpatterns = [
    path("", welcome, name="welcome"),
    path("accueil/", home, name="home"),
]
