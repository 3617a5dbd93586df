"""The addresses of a draft, for the administration of lists to take in."""

from django.urls import URLPattern

from badges.admin.drafts import confirmation, pages
from badges.admin.paths import admin_path


def draft_urls(model_admin) -> list[URLPattern]:
    return [
        admin_path(model_admin, "batch_columns", "colonnes/", pages.choose_columns),
        admin_path(model_admin, "batch_correct", "corriger/", pages.correct),
        admin_path(model_admin, "batch_discard", "abandonner/", pages.discard),
        admin_path(model_admin, "batch_left_out", "lignes-ecartees.csv", pages.export_left_out),
        admin_path(model_admin, "batch_send", "envoyer/", confirmation.send),
        admin_path(model_admin, "batch_trial", "essai/", confirmation.trial),
    ]
