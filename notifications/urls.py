from django.urls import path

from notifications.views import bell, preferences, stop

app_name = "notifications"
urlpatterns = [
    path("", bell.index, name="index"),
    path("tout-lire/", bell.read_all, name="read_all"),
    path("<uuid:uid>/ouvrir/", bell.open_one, name="open"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("ne-plus-recevoir/<str:token>/", stop.stop, name="stop"),
    path("ne-plus-recevoir/<str:token>/annuler/", stop.take_back, name="take_back"),
]
