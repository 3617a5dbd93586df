from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges.exceptions import NotPossible
from badges.models import Batch
from badges.services.draft import lock_draft
from notifications.models import Message
from notifications.services import outbox
from passport.lib.folding import clean

MOST_AN_HOUR = 10


@transaction.atomic
def send_trial(*, batch: Batch, to: User, subject: str = "") -> Message:
    """Queues the invitation of a draft to its organiser alone, marked as a trial; keeps `subject` with the draft.

    Raises NotPossible when the list is sent, or after MOST_AN_HOUR trials of it.
    """
    batch = lock_draft(batch)
    batch.subject = clean(subject)[:150]
    batch.save(update_fields=["subject"])
    hour = int(timezone.now().timestamp()) // 3600
    stem = f"trial:{to.pk}:{batch.pk}:{hour}:"
    number = Message.objects.filter(key__startswith=stem).count() + 1
    if number > MOST_AN_HOUR:
        raise NotPossible(_("You have sent many trials. Wait for an hour, or send the list."))
    return outbox.queue(
        key=f"{stem}{number}",
        kind="trial",
        address=to.email,
        context={"badge_class": batch.badge_class_id, "subject": batch.subject},
    )
