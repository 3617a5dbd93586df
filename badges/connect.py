"""What badges tells the layers below it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.registry import register_file_use, register_invitations
from badges import bell, evidence_files, invitations, mails, told, trials
from badges.exporting import own
from badges.models import Assertion
from badges.registry import register_exporter
from badges.services import draft, heralding, send, sign
from badges.services.imports import drop, recheck
from notifications.enums import Pace
from notifications.registry import Kind, register_job, register_kind, register_tidy
from notifications.registry import register as register_mail
from passport.lib.registry import TabCounter, tab_counters


def register() -> None:
    register_mail("invitation", mails.invitation, _("Invitation"))
    register_mail("reminder", mails.reminder, _("Reminder"))
    register_mail("waiting-links", mails.waiting_links, _("Waiting badges"))
    register_mail("address-added", mails.address_added, _("Address added to an account"))
    register_mail("trial", trials.trial, _("Trial of an invitation"))
    register_mail("award-renamed", told.renamed, _("Name corrected"))
    register_mail("award-expiry", told.expiry, _("Expiry changed"))
    register_mail("award-revoked", told.revoked, _("Badge revoked"))
    register_job("lists", send.advance_due)
    register_job("signatures", sign.sign_next)
    register_job("imports", recheck.advance_due, spare=True)
    register_tidy(draft.purge)
    register_tidy(drop.purge)
    register_file_use(evidence_files.EVIDENCE)
    register_exporter(own.files)
    register_job("expiries", heralding.herald_expiring)
    register_invitations(invitations.find)
    tab_counters["badges"] = TabCounter(Assertion.objects.pending_for, _pending_words)
    _register_kinds()


def _register_kinds() -> None:
    """Two of these have a mail of their own, which leaves in any case: by default no second one."""
    register_kind(
        "badge-waiting",
        Kind(
            label=_("A badge is waiting for you"),
            tell=bell.waiting,
            pace=Pace.NEVER,
            note=_("The invitation already comes by e-mail."),
        ),
    )
    register_kind(
        "badge-revoked",
        Kind(
            label=_("One of your badges was revoked"),
            tell=bell.revoked,
            pace=Pace.NEVER,
            note=_("An e-mail with the reason already tells you."),
        ),
    )
    register_kind("badge-expiring", Kind(label=_("One of your badges expires soon"), tell=bell.expiring))


def _pending_words(count: int) -> str:
    return ngettext("%(count)s waiting badge", "%(count)s waiting badges", count) % {"count": count}
