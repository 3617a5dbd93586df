"""What badges tells the layers below it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.registry import register_file_use, register_invitations
from badges import evidence_files, invitations, mails, told, trials
from badges.models import Assertion
from badges.services import draft, send, sign
from badges.services.imports import drop, recheck
from notifications.registry import register as register_mail
from notifications.registry import register_job, register_tidy
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
    register_invitations(invitations.find)
    tab_counters["badges"] = TabCounter(
        lambda user: Assertion.objects.pending_for(user).count(), _pending_words
    )


def _pending_words(count: int) -> str:
    return ngettext("%(count)s waiting badge", "%(count)s waiting badges", count) % {"count": count}
