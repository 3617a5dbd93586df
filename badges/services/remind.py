"""Reminders to those who have not answered: never twice in REMINDER_DAYS, never to who refused or wants no mail."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges.enums import EventKind
from badges.models import Assertion, AwardEvent, BatchLine
from badges.querysets import AssertionQuerySet
from badges.services import change, mailing
from badges.services.chunking import Progress, by_chunks, silent
from badges.services.events import event_of
from notifications.models import Message
from notifications.services import outbox


def remind(
    *,
    assertions: AssertionQuerySet,
    by: User | None,
    progress: Progress = silent,
) -> int:
    """Queues a reminder to each of `assertions` that may have one now (`to_remind`); returns how many.

    An expired link is replaced. Chunk by chunk, each in a transaction: cut off, the rest can be asked for again.
    """
    now = timezone.now()
    wanted = assertions.to_remind(now).order_by("pk").values_list("pk", flat=True)
    return by_chunks(wanted, lambda chunk: _remind(chunk, by, now), progress)


def obstacle_words() -> dict[str, str]:
    """Why some are not reminded, in sentences with their `count`, by the names of `reminder_obstacles`."""
    return {
        "accepted": _("accepted: %(count)s"),
        "declined": _("declined: %(count)s"),
        "revoked": _("revoked: %(count)s"),
        "recent": _("reminded in the last days: %(count)s"),
        "unsubscribed": _("want no more e-mails: %(count)s"),
        "undelivered": _("address rejected, or sending stopped: %(count)s"),
        "not-sent": _("first e-mail not sent yet, or awarded without an e-mail: %(count)s"),
        "expired": _("badge expired: %(count)s"),
    }


@transaction.atomic
def _remind(chunk: list[int], by: User | None, now: datetime) -> int:
    # Asked again of the locked rows: of two organisers at once, the second finds everybody reminded.
    awards = change.lock_all(Assertion.objects.to_remind(now).filter(pk__in=chunk))
    for award in awards:
        link = mailing.link_in_force(award, now)
        change.write(award, reminded_at=now, reminders=award.reminders + 1, **link)
    mails: dict[int | None, Message] = {award.pk: reminder(award) for award in awards}
    Message.objects.bulk_create(mails.values())
    AwardEvent.objects.bulk_create(event_of(award, EventKind.REMINDED, by=by) for award in awards)
    _carry(awards, mails)
    return len(awards)


def reminder(assertion: Assertion) -> Message:
    """The unsaved mail that asks once more."""
    return outbox.prepare(
        key=f"reminder:{assertion.uid}:{assertion.generation}:{assertion.reminders}",
        kind="reminder",
        address=assertion.recipient_address,
        context={"assertion": str(assertion.uid), "generation": assertion.generation},
    )


def _carry(awards: list[Assertion], mails: dict[int | None, Message]) -> None:
    lines = list(mailing.carrying(awards))
    for line in lines:
        line.message = mails[line.assertion_id]
    BatchLine.objects.bulk_create(
        lines, update_conflicts=True, unique_fields=["pk"], update_fields=["message"]
    )
