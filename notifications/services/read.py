"""What has been read, and what is too old to be kept."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from notifications.models import Notification

KEPT_DAYS = 180
CHUNK = 1_000


def read(*, notification: Notification) -> None:
    """The first time counts."""
    Notification.objects.filter(pk=notification.pk).unread().update(read_at=timezone.now())


def read_all(*, person: AbstractBaseUser, until: datetime) -> int:
    """What came after `until`, when the list was looked at, stays unread."""
    seen = Notification.objects.filter(person_id=person.pk, created_at__lte=until).unread()
    return seen.update(read_at=timezone.now())


def purge() -> int:
    """Forgets what is older than KEPT_DAYS, a chunk at a time; returns how many."""
    old = Notification.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    gone = 0
    while keys := list(old.order_by("created_at").values_list("pk", flat=True)[:CHUNK]):
        gone += Notification.objects.filter(pk__in=keys).delete()[0]
    return gone
