from time import monotonic

from django.apps import AppConfig
from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

SECONDS = 5


class BadgesConfig(AppConfig):
    name = "badges"
    verbose_name = _("Badges")

    def ready(self):
        from badges import connect  # noqa: PLC0415 - models exist only now

        connect.register()
        post_migrate.connect(sign_what_was_accepted_before, sender=self)


def sign_what_was_accepted_before(using, apps=installed, **kwargs):
    """Keys and documents for what an earlier release left without, when `migrate` has come to the newest tables.

    Not a migration: those run once with the tables of their day, while signing goes on changing. A few seconds; of a
    large site the worker signs the rest, while people are served.
    """
    from badges.services.keys import make_missing  # noqa: PLC0415 - models exist only now
    from badges.services.sign import sign_next  # noqa: PLC0415

    if using == DEFAULT_DB_ALIAS and _columns(apps) == _columns(installed):
        make_missing()
        end = monotonic() + SECONDS
        while sign_next() and monotonic() < end:
            pass


def _columns(registry) -> set[tuple[str, str]]:
    """None where the tables are not there, or not yet."""
    if not registry.is_installed("badges"):
        return set()
    models = registry.get_app_config("badges").get_models()
    return {(model._meta.db_table, field.column) for model in models for field in model._meta.concrete_fields}
