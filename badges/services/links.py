"""Lost mails, expired links: a new one goes to the same address, and nowhere else."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from badges.models import Assertion
from notifications.enums import Priority
from notifications.services.outbox import queue
from passport.lib.folding import fold_address

# At most three of these mails an hour to one address, whoever asks.
SLOT_SECONDS = 20 * 60


@transaction.atomic
def send_waiting_links(*, address: str) -> None:
    """Mails the links of the badges that wait for `address`, if there are any. Says nothing of what it found."""
    address = fold_address(address)
    waiting = Assertion.objects.sent_to(address).waiting()
    if not waiting.exists():
        return
    now = timezone.now()
    # An expired link stays dead: only the new one, which goes to the mailbox, is renewed.
    waiting.filter(claim_until__lt=now).update(
        claim_until=now + timedelta(days=settings.CLAIM_DAYS), generation=F("generation") + 1
    )
    queue(
        key=f"waiting-links:{address}:{int(now.timestamp()) // SLOT_SECONDS}",
        kind="waiting-links",
        address=address,
        priority=Priority.CODE,
    )
