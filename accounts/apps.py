from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from accounts import mails  # noqa: PLC0415 - models exist only now
        from notifications.registry import register  # noqa: PLC0415

        register("account", mails.render, _("Account"))
