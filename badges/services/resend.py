"""The same mail once more, to one person who has not found it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges.enums import AssertionState, EventKind
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services import change, mailing
from badges.services.events import log
from badges.services.invite import invitation

MOST_AN_HOUR = 3


@transaction.atomic
def resend(*, assertion: Assertion, by: User | None) -> Assertion:
    """Queues the invitation again, with the same link or, when that has expired, a new one.

    Raises NotPossible: answered, withdrawn, no mail wanted, or sent MOST_AN_HOUR times within the hour.
    """
    assertion = change.lock(assertion)
    require_waiting(assertion)
    mailing.require_wanted(assertion)
    now = timezone.now()
    before = assertion.events.filter(kind=EventKind.RESENT)
    if before.filter(at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise NotPossible(
            _("This e-mail was sent %(most)s times within an hour. Wait before sending it again.")
            % {"most": MOST_AN_HOUR}
        )
    if link := mailing.link_in_force(assertion, now):
        change.write(assertion, **link)
    mailing.post(assertion, invitation(assertion, again=before.count() + 1))
    log(assertion=assertion, kind=EventKind.RESENT, by=by, after=assertion.recipient_address)
    return assertion


def require_waiting(assertion: Assertion) -> None:
    """Raises NotPossible when an award no longer waits for an answer."""
    if assertion.is_revoked:
        raise NotPossible(_("This award was revoked: award the badge again instead."))
    if assertion.state == AssertionState.ACCEPTED:
        raise NotPossible(_("This badge has been accepted: there is nothing left to send."))
    if assertion.state == AssertionState.DECLINED:
        raise NotPossible(_("This person has declined the badge: award it again if they ask for it."))
