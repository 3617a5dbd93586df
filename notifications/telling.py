"""Notifications in words. What its reader may not see any more has none, and is shown, counted and mailed nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import ngettext

from notifications.models import Notification
from notifications.registry import Line, kinds

# The count beside the bell looks no further: it costs the same for everybody.
WINDOW = 200


@dataclass(frozen=True)
class Told:
    notification: Notification
    line: Line

    @property
    def day(self) -> date:
        return timezone.localtime(self.notification.created_at).date()


def told(person: AbstractBaseUser, notifications: Sequence[Notification]) -> list[Told]:
    """Those of `notifications` that `person` may see, in their order. Each kind is asked once."""
    lines: dict[int, Line] = {}
    for name in {row.kind for row in notifications} & kinds.keys():
        lines |= kinds[name].tell(person, [row for row in notifications if row.kind == name])
    return [Told(row, lines[row.pk]) for row in notifications if row.pk in lines]


def unread_count(person: AbstractBaseUser) -> int:
    """How many of the newest unread ones may be seen."""
    return len(told(person, list(Notification.objects.of(person).unread()[:WINDOW])))


def unread_words(count: int) -> str:
    return ngettext("%(count)s unread", "%(count)s unread", count) % {"count": count}
