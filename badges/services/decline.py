from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.enums import AssertionState
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services import change


@transaction.atomic
def decline(*, assertion: Assertion) -> Assertion:
    """Refuses a waiting badge; a second click is the same answer. Can be undone for DECLINE_UNDO_DAYS."""
    assertion = change.lock(assertion)
    if assertion.state != AssertionState.DECLINED:
        change.move(assertion, AssertionState.DECLINED, declined_at=timezone.now())
    return assertion


@transaction.atomic
def undo(*, assertion: Assertion) -> Assertion:
    """Brings a declined badge back among those that wait. Raises NotPossible after DECLINE_UNDO_DAYS."""
    assertion = change.lock(assertion)
    if assertion.state == AssertionState.PENDING:
        return assertion
    if not can_be_undone(assertion):
        raise NotPossible(_("This refusal can no longer be undone. Ask the issuer to send the badge again."))
    change.move(assertion, AssertionState.PENDING, declined_at=None)
    return assertion


def can_be_undone(assertion: Assertion) -> bool:
    if assertion.declined_at is None or assertion.is_revoked:
        return False
    return timezone.now() <= assertion.declined_at + timedelta(days=settings.DECLINE_UNDO_DAYS)
