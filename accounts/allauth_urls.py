"""allauth's views under French paths, with allauth's own names."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
