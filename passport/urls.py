"""All addresses. Apps are named as strings: this package imports none of them."""

from django.contrib import admin
from django.urls import include, path

from passport import health, views

urlpatterns = [
    path("", include("home.urls")),
    path("", include("sharing.urls")),
    path("", include("badges.urls")),
    path("", include("accounts.urls")),
    path("", include("connections.recognition_urls")),
    path("compte/", include("accounts.allauth_urls")),
    path("pages/", include("pages.urls")),
    path("galerie/", include("gallery.urls")),
    path("connexions/", include("connections.urls")),
    path("notifications/", include("notifications.urls")),
    path("admin/", admin.site.urls),
    path("sante/vive", health.alive, name="alive"),
    path("sante/prete", health.ready, name="ready"),
    path("robots.txt", health.robots, name="robots"),
    path("styleguide/", views.styleguide, name="styleguide"),
]

handler400 = "passport.errors.bad_request"
handler403 = "passport.errors.forbidden"
handler404 = "passport.errors.not_found"
handler500 = "passport.errors.server_error"
