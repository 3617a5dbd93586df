"""What all mails to the recipient of an award share: the link, the line that carries the mail, and who wants none."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from badges.enums import LineOutcome
from badges.exceptions import NotPossible
from badges.models import Assertion, BatchLine, OptOut
from notifications.enums import Priority
from notifications.models import Message
from notifications.services import outbox


def new_link(assertion: Assertion, now: datetime) -> dict[str, Any]:
    """The fields that kill the link of a locked award and make another one."""
    return {
        "generation": assertion.generation + 1,
        "claim_until": now + timedelta(days=settings.CLAIM_DAYS),
        "opened_at": None,
    }


def link_in_force(assertion: Assertion, now: datetime) -> dict[str, Any]:
    """Nothing while the link of a locked award is valid; else the fields of a new one: an expired link stays dead."""
    return new_link(assertion, now) if assertion.claim_until <= now else {}


def post(assertion: Assertion, message: Message) -> None:
    """Puts a mail in the outbox, as the last one of the award's line. What still waited of the others never leaves.

    It goes before the lists: an organiser has one person on the line.
    """
    outbox.cancel(Message.objects.filter(batchline__assertion=assertion))
    message.priority = Priority.ORDINARY
    message.save(force_insert=True)
    carrying([assertion]).update(message=message)


def carrying(assertions: list[Assertion]) -> QuerySet[BatchLine]:
    """The lines whose mail is the last one about these awards; lists that found them awarded carry none."""
    return BatchLine.objects.filter(assertion__in=assertions, outcome=LineOutcome.CREATED)


def require_wanted(assertion: Assertion, folded_address: str = "") -> None:
    """Raises NotPossible when this address wants no more e-mails of the issuer."""
    address = folded_address or assertion.folded_address
    if OptOut.objects.filter(issuer=assertion.badge_class.issuer_id, folded_address=address).exists():
        raise NotPossible(
            _("This address wants no more e-mails from this issuer. Ask the person for another one.")
        )
