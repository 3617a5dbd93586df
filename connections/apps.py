from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConnectionsConfig(AppConfig):
    name = "connections"
    verbose_name = _("Connections")

    def ready(self):
        from connections import connect, connect_recognition  # noqa: PLC0415 - models exist only now

        connect.register()
        connect_recognition.register()
