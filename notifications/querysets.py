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
