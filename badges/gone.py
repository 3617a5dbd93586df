"""Why a claim link no longer leads to its badge."""

from django.db.models import TextChoices
from django.utils import timezone

from badges.enums import AssertionState
from badges.models import Assertion
from badges.services.decline import can_be_undone


class Gone(TextChoices):
    REVOKED = "revoked"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    DECLINED = "declined"
    EXPIRED = "expired"


def reason(assertion: Assertion, generation: int) -> Gone | None:
    """None while the link of that generation can be answered: waiting, or declined and still undoable."""
    if assertion.is_revoked:
        return Gone.REVOKED
    if assertion.state == AssertionState.ACCEPTED:
        return Gone.ACCEPTED
    if generation != assertion.generation:
        return Gone.REPLACED
    if assertion.state == AssertionState.DECLINED:
        return None if can_be_undone(assertion) else Gone.DECLINED
    return Gone.EXPIRED if assertion.claim_until < timezone.now() else None
