"""The addresses of the follow-up, for the administrations of lists and of badges to take in."""

from functools import partial

from django.urls import URLPattern, path

from badges.admin.follow import acts, pages, remind


def batch_urls(model_admin) -> list[URLPattern]:
    return [
        _path(model_admin, "batch_pause", "pause/", acts.pause),
        _path(model_admin, "batch_resume", "reprendre/", acts.resume),
        _path(model_admin, "batch_stop", "arreter/", acts.stop),
        _path(model_admin, "batch_export", "rapport.csv", pages.export),
        _path(model_admin, "batch_remind", "relancer/", remind.remind),
        _path(model_admin, "batch_revoke", "revoquer/", acts.revoke),
    ]


def badge_urls(model_admin) -> list[URLPattern]:
    return [
        _path(model_admin, "badgeclass_follow", "suivi/", pages.badge_page),
        _path(model_admin, "badgeclass_export", "suivi/rapport.csv", pages.export),
        _path(model_admin, "badgeclass_remind", "suivi/relancer/", remind.remind),
        _path(model_admin, "badgeclass_revoke", "suivi/revoquer/", acts.revoke),
    ]


def _path(model_admin, name: str, tail: str, view: pages.Page) -> URLPattern:
    bound = model_admin.admin_site.admin_view(partial(view, model_admin))
    return path(f"<int:object_id>/{tail}", bound, name=f"badges_{name}")
