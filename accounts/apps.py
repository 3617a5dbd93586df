from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from accounts import mailing, mails  # noqa: PLC0415 - models exist only now
        from accounts.models import File  # noqa: PLC0415
        from accounts.services import files  # noqa: PLC0415
        from notifications.registry import register, register_address_book, register_tidy  # noqa: PLC0415

        register("account", mails.render, _("Account"))
        register_address_book(mailing.addresses_of)
        register_tidy(files.tidy)
        # Django's own deletions too, of an account with all that is its own, leave no bytes behind.
        post_delete.connect(files.forget_bytes, sender=File, dispatch_uid="accounts.files")
