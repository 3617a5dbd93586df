from django.urls import path

from passport.todo import todo

app_name = "gallery"

urlpatterns = [
    path("", todo, name="index"),
    path("badges/", todo, name="badges"),
    path("badges/<slug:slug>/", todo, name="badge"),
    path("badges/<slug:slug>/criteres/", todo, name="criteria"),
    path("emetteurs/<slug:slug>/", todo, name="issuer"),
    path("pages/", todo, name="pages"),
    path("profils/", todo, name="profiles"),
    path("carte/", todo, name="map"),
]
