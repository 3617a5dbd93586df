"""The addresses of the follow-up, for the administrations of lists and of badges to take in."""

from django.urls import URLPattern

from badges.admin.follow import acts, pages, remind
from badges.admin.paths import admin_path


def batch_urls(model_admin) -> list[URLPattern]:
    return [
        admin_path(model_admin, "batch_pause", "pause/", acts.pause),
        admin_path(model_admin, "batch_resume", "reprendre/", acts.resume),
        admin_path(model_admin, "batch_stop", "arreter/", acts.stop),
        admin_path(model_admin, "batch_export", "rapport.csv", pages.export),
        admin_path(model_admin, "batch_remind", "relancer/", remind.remind),
        admin_path(model_admin, "batch_revoke", "revoquer/", acts.revoke),
    ]


def badge_urls(model_admin) -> list[URLPattern]:
    return [
        admin_path(model_admin, "badgeclass_follow", "suivi/", pages.badge_page),
        admin_path(model_admin, "badgeclass_export", "suivi/rapport.csv", pages.export),
        admin_path(model_admin, "badgeclass_remind", "suivi/relancer/", remind.remind),
        admin_path(model_admin, "badgeclass_revoke", "suivi/revoquer/", acts.revoke),
    ]
