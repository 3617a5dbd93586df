"""The addresses of a draft, for the administration of lists to take in."""

from functools import partial

from django.urls import URLPattern, path

from badges.admin.drafts import confirmation, pages


def draft_urls(model_admin) -> list[URLPattern]:
    return [
        _path(model_admin, "columns", "colonnes/", pages.choose_columns),
        _path(model_admin, "correct", "corriger/", pages.correct),
        _path(model_admin, "discard", "abandonner/", pages.discard),
        _path(model_admin, "left_out", "lignes-ecartees.csv", pages.export_left_out),
        _path(model_admin, "send", "envoyer/", confirmation.send),
        _path(model_admin, "trial", "essai/", confirmation.trial),
    ]


def _path(model_admin, name: str, tail: str, view) -> URLPattern:
    bound = model_admin.admin_site.admin_view(partial(view, model_admin))
    return path(f"<int:object_id>/{tail}", bound, name=f"badges_batch_{name}")
