from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Outgoing mail")

    def ready(self):
        from notifications import connect  # noqa: PLC0415 - models exist only now

        connect.register()
