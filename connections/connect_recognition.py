"""What recognition tells the layers below: its notifications, its mail, what it signs and what it exports."""

from django.utils.translation import gettext_lazy as _

from badges.registry import register_exporter, register_signer
from connections import recognition_export, recognition_mails, recognition_told
from connections.services import ask, certify
from notifications.enums import Pace
from notifications.registry import Kind, register_kind, register_tidy
from notifications.registry import register as register_mail

KINDS = {
    "congratulated": Kind(_("Congratulations on a badge"), recognition_told.congratulated),
    "recognition-waiting": Kind(
        _("A recommendation waits for your answer"), recognition_told.waiting, Pace.AT_ONCE
    ),
    "recognition-accepted": Kind(_("A recommendation that you wrote is accepted"), recognition_told.accepted),
    "recognition-asked": Kind(
        _("Somebody asks you for a recommendation"), recognition_told.asked, Pace.AT_ONCE
    ),
}


def register() -> None:
    for name, kind in KINDS.items():
        register_kind(name, kind)
    register_mail("recognition-request", recognition_mails.request, _("Request for a recommendation"))
    register_tidy(ask.purge)
    register_signer(certify.sign_again)
    register_exporter(recognition_export.files)
