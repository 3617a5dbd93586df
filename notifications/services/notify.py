"""People are told of what happens to them."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from notifications.enums import Pace, Priority
from notifications.hours import next_digest
from notifications.models import Message, Notification, Preference
from notifications.registry import addresses_of, kinds
from notifications.services.outbox import prepare


def notify(
    *,
    kind: str,
    person: AbstractBaseUser,
    subject: object,
    actor: AbstractBaseUser | None = None,
    key: str = "",
) -> Notification:
    """Tells `person` of `subject` (a public identifier), in the caller's transaction.

    The same `key` twice is the same notification; it is kind, subject, person and actor unless it is given.
    """
    row = _row(kind, person.pk, subject, actor, key)
    _tell(kind, [row])
    return Notification.objects.get(key=row.key)


def notify_many(
    *, kind: str, about: Iterable[tuple[int, object]], actor: AbstractBaseUser | None = None
) -> None:
    """The same for pairs of a person's primary key and a subject, in a number of queries that does not grow."""
    _tell(kind, [_row(kind, person, subject, actor) for person, subject in about])


def _row(
    kind: str, person: int, subject: object, actor: AbstractBaseUser | None, key: str = ""
) -> Notification:
    by: int | None = actor.pk if actor else None
    key = key or ":".join(str(part) for part in (kind, subject, person, by or ""))
    return Notification(key=key, kind=kind, person_id=person, subject=str(subject), actor_id=by)


@transaction.atomic
def _tell(kind: str, rows: list[Notification]) -> None:
    """Writes what is not written yet. Of two at once with one key, the database keeps one row and one mail."""
    if kind not in kinds:
        raise ValueError(f"No kind of notification is named {kind!r}.")
    by_key = {row.key: row for row in rows}
    known = set(Notification.objects.filter(key__in=by_key).values_list("key", flat=True)) if rows else ()
    new = [row for key, row in by_key.items() if key not in known]
    if not new:
        return
    now, chosen = timezone.now(), Preference.objects.by_person(kind, {row.person_id for row in new})
    paces = {row.key: chosen.get(row.person_id, kinds[kind].pace) for row in new}
    for row in new:
        row.created_at, row.digest_at = now, next_digest(paces[row.key], now)
    Notification.objects.bulk_create(new, ignore_conflicts=True)
    if at_once := [row for row in new if paces[row.key] == Pace.AT_ONCE]:
        _mail(at_once)


def _mail(rows: list[Notification]) -> None:
    """Queues the mail of each, to those who have a proved address."""
    addresses = addresses_of({row.person_id for row in rows})
    written = Notification.objects.filter(key__in=[row.key for row in rows], person__in=addresses)
    Message.objects.bulk_create(
        (
            prepare(
                key=f"notification:{pk}",
                kind="notification",
                address=addresses[person],
                context={"notifications": [pk]},
                priority=Priority.ORDINARY,
            )
            for pk, person in written.values_list("pk", "person_id")
        ),
        ignore_conflicts=True,
    )
