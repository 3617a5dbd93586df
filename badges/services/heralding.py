"""The bell rings for one's badges: in bulk, in a number of queries that does not grow with the list."""

from collections.abc import Sequence
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from badges.bell import expiry_subject
from badges.models import Assertion
from badges.services import change
from notifications.services.notify import notify_many

# Days before the end at which a holder is told.
EXPIRY_DAYS = 30
STEP = 200


def herald_waiting(awards: Sequence[Assertion]) -> None:
    """Tells those who have proved the address of an award. Who proves it later finds the badge on the first page."""
    proved = EmailAddress.objects.filter(email__in={award.folded_address for award in awards}, verified=True)
    owners = dict(proved.values_list("email", "user_id"))
    found = [(owners[award.folded_address], award.uid) for award in awards if award.folded_address in owners]
    if found:
        notify_many(kind="badge-waiting", about=found)


def herald_revoked(awards: Sequence[Assertion]) -> None:
    """Tells the holders."""
    found = [(award.holder_id, award.uid) for award in awards if award.holder_id]
    if found:
        notify_many(kind="badge-revoked", about=found)


@transaction.atomic
def herald_expiring() -> int:
    """Tells the holders of the next awards that come to their end, once for each end; for the worker: how many."""
    now = timezone.now()
    due = Assertion.objects.expiry_to_tell(now, now + timedelta(days=EXPIRY_DAYS))
    keys = list(due.order_by("expires_at").values_list("pk", flat=True)[:STEP])
    if not keys:
        return 0
    # Asked again of the locked rows: another worker may have told them.
    awards = change.lock_all(due.filter(pk__in=keys))
    found = [
        (award.holder_id, expiry_subject(award.uid, award.expires_at))
        for award in awards
        if award.holder_id and award.expires_at
    ]
    if found:
        notify_many(kind="badge-expiring", about=found)
    Assertion.objects.filter(pk__in=[award.pk for award in awards]).update(expiry_told_at=now)
    return len(awards)
