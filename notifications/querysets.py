from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models import Q

from notifications.enums import MessageState


class MessageQuerySet(models.QuerySet):
    def due(self, now: datetime) -> "MessageQuerySet":
        """Queued messages whose time has come and that no worker holds, sign-in codes first, then the oldest."""
        free = Q(leased_until=None) | Q(leased_until__lt=now)
        return self.filter(free, state=MessageState.QUEUED, due_at__lte=now).order_by(
            "priority", "due_at", "pk"
        )


class NotificationQuerySet(models.QuerySet):
    def of(self, person) -> "NotificationQuerySet":
        """What `person` is told of, the newest first; whether it may still be seen is its kind's to say."""
        return self.filter(person_id=person.pk).order_by("-created_at", "-id")

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def due(self, now: datetime) -> "NotificationQuerySet":
        """What waits for a digest whose hour has come."""
        return self.filter(digest_at__lte=now)


class PreferenceQuerySet(models.QuerySet):
    def paces(self, person) -> dict[str, str]:
        """What `person` has chosen, by kind."""
        return dict(self.filter(person_id=person.pk).values_list("kind", "pace"))

    def by_person(self, kind: str, people: Collection[int]) -> dict[int, str]:
        """What each of `people` has chosen for one kind."""
        return dict(self.filter(kind=kind, person_id__in=people).values_list("person_id", "pace"))
