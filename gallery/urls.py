from django.urls import path

from gallery.views.badge import badge, criteria
from gallery.views.badges import badges, index
from gallery.views.issuer import issuer
from gallery.views.later import places
from gallery.views.pages import pages
from gallery.views.profiles import profiles

app_name = "gallery"

urlpatterns = [
    path("", index, name="index"),
    path("badges/", badges, name="badges"),
    path("badges/<slug:slug>/", badge, name="badge"),
    path("badges/<slug:slug>/criteres/", criteria, name="criteria"),
    path("emetteurs/<slug:slug>/", issuer, name="issuer"),
    path("pages/", pages, name="pages"),
    path("profils/", profiles, name="profiles"),
    path("carte/", places, name="map"),
]
