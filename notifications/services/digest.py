"""Digests: what waited for the same morning leaves in one mail, once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from notifications.enums import Pace
from notifications.hours import next_digest
from notifications.models import Message, Notification
from notifications.querysets import NotificationQuerySet
from notifications.registry import addresses_of
from notifications.services.outbox import prepare

STEP = 500
# The newest of them are in the mail, which leads to the page that has all.
MOST = 200


@dataclass
class Heap:
    """What waits for one person, and the latest hour that it waited for: after a stop there may be several."""

    person: int
    keys: list[int]
    at: datetime

    @property
    def key(self) -> str:
        return f"digest:{self.person}:{timezone.localtime(self.at).date().isoformat()}"


@transaction.atomic
def make_next() -> int:
    """Queues the digests of the next people whose hour has come, for the worker; returns how many lines they took.

    Taking lines up and queueing their mail is one transaction: cut off, the next worker finds them as they were. Of
    two workers the second waits for the rows, then finds them taken.
    """
    now = timezone.now()
    due = Notification.objects.due(now)
    people = set(due.order_by("digest_at", "person_id").values_list("person_id", flat=True)[:STEP])
    heaps = _heaps(due.filter(person__in=people)) if people else []
    written = set(
        Message.objects.filter(key__in=[heap.key for heap in heaps]).values_list("key", flat=True)
        if heaps
        else ()
    )
    # A morning has one mail: what was written while it was being made waits for the next.
    _put(next_digest(Pace.DAILY, now), [heap for heap in heaps if heap.key in written])
    _queue([heap for heap in heaps if heap.key not in written])
    return sum(len(heap.keys) for heap in heaps)


def _heaps(waiting: NotificationQuerySet) -> list[Heap]:
    heaps: dict[int, Heap] = {}
    locked = waiting.select_for_update(of=("self",)).order_by("pk")
    for pk, person, at in locked.values_list("pk", "person_id", "digest_at"):
        heap = heaps.setdefault(person, Heap(person, [], at))
        heap.keys.append(pk)
        heap.at = max(heap.at, at)
    return list(heaps.values())


def _put(at: datetime | None, heaps: list[Heap]) -> None:
    if keys := [pk for heap in heaps for pk in heap.keys]:
        Notification.objects.filter(pk__in=keys).update(digest_at=at)


def _queue(heaps: list[Heap]) -> None:
    addresses = addresses_of([heap.person for heap in heaps]) if heaps else {}
    Message.objects.bulk_create(
        prepare(
            key=heap.key,
            kind="digest",
            address=addresses[heap.person],
            context={"notifications": heap.keys[-MOST:]},
        )
        for heap in heaps
        if heap.person in addresses
    )
    _put(None, heaps)
