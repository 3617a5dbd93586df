"""What mail servers say of mails that left, written to the outbox when it can only come from who had the mail."""

from enum import StrEnum

from django.db import transaction

from notifications import tokens
from notifications.bounces import Fate, Report
from notifications.enums import Delivery
from notifications.models import Message

DELIVERIES = {Fate.FAILED: Delivery.BOUNCED, Fate.DELIVERED: Delivery.DELIVERED}


class Noted(StrEnum):
    BOUNCED = "bounced"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    # Said before, or outweighed by a rejection.
    ALREADY = "already"
    # A report of no mail of ours, or a forged one.
    UNKNOWN = "unknown"
    # No report at all: an answer of an absent person, an ordinary mail.
    OTHER = "other"


@transaction.atomic
def note(*, report: Report | None, dry_run: bool = False) -> Noted:
    """Writes a report of delivery; returns what it was worth. The same report twice is the same row."""
    if report is None:
        return Noted.OTHER
    message = Message.objects.select_for_update().filter(pk__in=_named(report)).first()
    if message is None:
        return Noted.UNKNOWN
    delivery = DELIVERIES.get(report.fate)
    if delivery is None:
        return Noted.DELAYED
    if message.delivery in {delivery, Delivery.BOUNCED}:
        return Noted.ALREADY
    if not dry_run:
        message.delivery = delivery
        message.error = report.reason[:500] if delivery == Delivery.BOUNCED else message.error
        message.save(update_fields=["delivery", "error"])
    return Noted(delivery.value)


def _named(report: Report) -> list[int]:
    """The message that a report is about: by the address it came back to, else by the Message-ID of what came back."""
    read = [tokens.of_return_address(address) for address in report.addresses]
    read += [tokens.of_message_id(message_id) for message_id in report.message_ids]
    return [pk for pk in read if pk is not None][:1]
