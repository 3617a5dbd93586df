"""Until when an award is valid."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges.enums import AssertionState, EventKind
from badges.exceptions import NotPossible
from badges.models import Assertion, AwardEvent
from badges.services import change
from badges.services.events import log
from badges.services.sign import sign
from badges.services.telling import tell


@transaction.atomic
def expire(*, assertion: Assertion, at: datetime | None, by: User | None) -> Assertion:
    """Sets the end of an award, or takes it away with None; one that is past ends the award now. Its holder is told.

    The same end: nothing. Raises NotPossible for an award that was withdrawn.
    """
    assertion = change.lock(assertion)
    if assertion.is_revoked:
        raise NotPossible(_("This award was revoked: it has no other end."))
    if at != assertion.expires_at:
        tell(set_end(assertion, at, EventKind.EXPIRY, by))
    return assertion


def set_end(assertion: Assertion, at: datetime | None, kind: EventKind, by: User | None) -> AwardEvent:
    """Writes the end of a locked award, signs it again if it is held, and notes the days (ISO 8601, empty for none)."""
    before = assertion.expires_at
    change.write(assertion, expires_at=at, expiry_told_at=None)
    if assertion.state == AssertionState.ACCEPTED:
        sign(assertion)
    return log(assertion=assertion, kind=kind, by=by, before=_day(before), after=_day(at))


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""
