"""A list on its way: confirmed, awarded chunk by chunk in the background, paused, resumed, stopped."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.enums import BatchState, LineOutcome, SharedAddress
from badges.exceptions import NotPossible
from badges.models import Assertion, BadgeClass, Batch, BatchLine
from badges.services.chunking import CHUNK
from badges.services.draft import lock_draft, require_published
from badges.services.heralding import herald_waiting
from badges.services.invite import invitation
from badges.services.judge import living, name_key
from notifications.enums import MessageState
from notifications.models import Message
from notifications.querysets import MessageQuerySet
from notifications.services import outbox
from passport.lib.folding import clean, fold_address

logger = logging.getLogger(__name__)


@transaction.atomic
def confirm(
    *, batch: Batch, starts_at: datetime | None = None, subject: str = "", seen: int | None = None
) -> Batch:
    """Sends a checked list, at once or from `starts_at` on; its file is forgotten.

    Raises NotPossible when it is no draft any more, so that a double click sends once, and when its ready lines are
    not the `seen` ones that the organiser was told of.
    """
    batch = lock_draft(batch)
    require_published(batch.badge_class)
    if seen is not None and batch.lines.filter(outcome=LineOutcome.READY).count() != seen:
        raise NotPossible(_("The list has changed since you looked. Check it again, then send it."))
    batch.state, batch.raw = BatchState.SENDING, None
    batch.starts_at, batch.subject = starts_at, clean(subject)
    batch.created_at = timezone.now()
    batch.save(update_fields=["state", "raw", "starts_at", "subject", "created_at"])
    return batch


@transaction.atomic
def pause(*, batch: Batch) -> Batch:
    """Nothing more leaves, but the mails that a worker has in hand."""
    return _move(batch, {BatchState.SENDING}, BatchState.PAUSED, lambda paused: outbox.hold(_mails(paused)))


@transaction.atomic
def resume(*, batch: Batch) -> Batch:
    """Raises NotPossible also when the badge is not published any more."""
    require_published(BadgeClass.objects.get(pk=batch.badge_class_id))
    return _move(
        batch, {BatchState.PAUSED}, BatchState.SENDING, lambda resumed: outbox.release(_mails(resumed))
    )


@transaction.atomic
def cancel(*, batch: Batch) -> Batch:
    """Stops the rest: what has not left never leaves, and its badge is taken back unless it was answered already.

    The same list can be given again: it then does what was not done.
    """
    return _move(batch, {BatchState.SENDING, BatchState.PAUSED}, BatchState.CANCELLED, _take_back)


def _move(
    batch: Batch, sources: set[BatchState], target: BatchState, act: Callable[[Batch], object]
) -> Batch:
    """Moves a list and does what follows; the second click is the same answer."""
    batch = (
        Batch.objects.select_for_update(of=("self",), no_key=True)
        .select_related("badge_class")
        .get(pk=batch.pk)
    )
    if batch.state == target:
        return batch
    if batch.state not in sources:
        raise NotPossible(_("This list is no longer being sent."))
    batch.state = target
    batch.save(update_fields=["state"])
    act(batch)
    return batch


def _mails(batch: Batch) -> MessageQuerySet:
    return Message.objects.filter(batchline__batch=batch)


def _take_back(batch: Batch) -> None:
    made = Assertion.objects.waiting().filter(lines__batch=batch, lines__outcome=LineOutcome.CREATED)
    # Awards before mails, as everybody else: an answer, or a mail that is sent again, comes first or waits.
    list(made.only("pk").order_by("pk").select_for_update(of=("self",)))
    outbox.cancel(_mails(batch))
    never_told = made.filter(
        lines__message__state=MessageState.CANCELLED,
        lines__message__attempts=0,
        # Sent again, reminded or corrected: an earlier mail may have left.
        events=None,
    )
    awards = list(never_told.values_list("pk", flat=True))
    batch.lines.filter(assertion__in=awards).update(outcome=LineOutcome.CANCELLED)
    batch.lines.filter(outcome=LineOutcome.READY).update(outcome=LineOutcome.CANCELLED)
    Assertion.objects.filter(pk__in=awards).delete()


def advance_due() -> int:
    """Awards the next lines of a list whose hour has come, for the worker; returns how many."""
    with transaction.atomic():
        due = Batch.objects.sending(timezone.now())
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(of=("self",), skip_locked=True)
        for batch in due:
            if done := _advance_or_wait(batch):
                return done
    return 0


def _advance_or_wait(batch: Batch) -> int:
    """A line that somebody else's correction has overtaken at this instant is judged again at the next turn."""
    try:
        with transaction.atomic():
            return _advance(batch)
    except IntegrityError:
        logger.warning("list %s: awards changed meanwhile, its next lines wait for the next turn", batch.pk)
        return 0


def advance(batch: Batch) -> int:
    """Awards the next lines of one list; returns how many, 0 when all is awarded or it is not being sent."""
    with transaction.atomic():
        locked = Batch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)
        return _advance(locked) if locked.state == BatchState.SENDING else 0


def _advance(batch: Batch) -> int:
    if not BadgeClass.objects.published().filter(pk=batch.badge_class_id).exists():
        # It was withdrawn meanwhile. `resume` refuses with a sentence until it is published again.
        pause(batch=batch)
        logger.warning("list %s is paused: its badge is not published", batch.pk)
        return 0
    lines = list(batch.lines.filter(outcome=LineOutcome.READY).order_by("number")[:CHUNK])
    if lines:
        _award(batch, lines)
    elif not batch.lines.filter(message__state=MessageState.QUEUED).exists():
        batch.state = BatchState.DONE
        batch.save(update_fields=["state"])
    return len(lines)


def _award(batch: Batch, lines: list[BatchLine]) -> None:
    # Two lists with the same people: the second waits here, then finds everything done.
    badge_class = (
        BadgeClass.objects.select_for_update(of=("self",), no_key=True)
        .select_related("issuer")
        .get(pk=batch.badge_class_id)
    )
    held = living(badge_class, (fold_address(line.value) for line in lines))
    new: dict[int, Assertion] = {}
    for line in lines:
        people = held.setdefault(fold_address(line.value), {})
        if (found := _held(people, line.name, batch)) is not None:
            line.outcome, line.assertion_id = LineOutcome.ALREADY, found
        else:
            line.outcome, new[line.number] = LineOutcome.CREATED, _assertion(badge_class, line)
    Assertion.objects.bulk_create(new.values())
    mails = {number: invitation(assertion) for number, assertion in new.items()}
    Message.objects.bulk_create(mails.values())
    herald_waiting(list(new.values()))
    for line in lines:
        if line.number in new:
            line.assertion, line.message = new[line.number], mails[line.number]
    # An upsert of rows that exist: several times faster than bulk_update's CASE for every row.
    BatchLine.objects.bulk_create(
        lines, update_conflicts=True, unique_fields=["pk"], update_fields=["outcome", "assertion", "message"]
    )


def _held(people: dict[str, int], name: str, batch: Batch) -> int | None:
    """The award that stands in the way of a line: one to its person or, unless each gets a link, to its address."""
    found = people.get(name_key(name))
    if found is None and batch.shared == SharedAddress.SKIP:
        found = next(iter(people.values()), None)
    return found


def _assertion(badge_class: BadgeClass, line: BatchLine) -> Assertion:
    now = timezone.now()
    issued_at = _noon(line.issued_on) if line.issued_on else now
    days = badge_class.valid_days
    assertion = Assertion(
        badge_class=badge_class,
        recipient_address=fold_address(line.value),
        recipient_name=line.name,
        issued_at=issued_at,
        expires_at=issued_at + timedelta(days=days) if days else None,
        claim_until=now + timedelta(days=settings.CLAIM_DAYS),
    )
    assertion.fold()
    return assertion


def _noon(day: date) -> datetime:
    """A day of a list, as a moment that is that day in every time zone of Europe."""
    return timezone.make_aware(datetime.combine(day, time(12)))
