"""How far a list is: in numbers, in a sentence, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from badges.enums import BatchState, LineOutcome
from badges.models import Batch
from notifications.enums import WAITING, Delivery, MessageState

RECENT = timedelta(minutes=5)
# Fewer mails say nothing of the pace.
LEAST_RECENT = 5


@dataclass(frozen=True)
class Progress:
    """Mails of a list; `rejected` failed at once or came back, `again` wait after a first refusal."""

    batch: Batch
    all: int
    sent: int
    failed: int
    rejected: int
    ready: int
    waiting: int
    again: int
    recent: int

    @property
    def done(self) -> int:
        return self.sent + self.failed

    @property
    def is_moving(self) -> bool:
        return self.batch.state == BatchState.SENDING

    @property
    def waits_until(self) -> datetime | None:
        starts_at = self.batch.starts_at
        return starts_at if self.is_moving and starts_at and starts_at > timezone.now() else None

    @property
    def ends_at(self) -> datetime | None:
        """An estimate by the pace of the last minutes; None when nothing can be said."""
        left = self.ready + self.waiting - self.again
        if not self.is_moving or self.recent < LEAST_RECENT or left <= 0:
            return None
        return timezone.now() + RECENT * (left / self.recent)


def progress(batch: Batch) -> Progress:
    created, mail = Q(outcome=LineOutcome.CREATED), "message__state"
    waiting = Q(message__state__in=WAITING)
    failed, bounced = Q((mail, MessageState.FAILED)), Q(message__delivery=Delivery.BOUNCED)
    conditions = {
        "all": created | Q(outcome=LineOutcome.READY),
        "sent": Q((mail, MessageState.SENT)),
        "failed": failed,
        "rejected": failed | bounced,
        "ready": Q(outcome=LineOutcome.READY),
        "waiting": waiting,
        "again": waiting & Q(message__attempts__gt=0),
        "recent": Q(message__sent_at__gte=timezone.now() - RECENT),
    }
    counted = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    return Progress(batch, **batch.lines.aggregate(**counted))
