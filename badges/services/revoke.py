"""An award is withdrawn, for good. What was public keeps a page that says so, and nothing more."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from badges.enums import EventKind, RevocationReason
from badges.models import Assertion, AwardEvent
from badges.querysets import AssertionQuerySet
from badges.services import change
from badges.services.chunking import Progress, by_chunks, silent
from badges.services.events import event_of, log
from badges.services.heralding import herald_revoked
from badges.services.telling import letter, tell
from notifications.models import Message


@transaction.atomic
def revoke(*, assertion: Assertion, reason: RevocationReason, by: User | None = None) -> Assertion:
    """Withdraws an award and tells its holder; a second call changes nothing. Mail that waits never leaves."""
    assertion = change.lock(assertion)
    if not assertion.is_revoked:
        _withdraw(assertion, reason)
        tell(log(assertion=assertion, kind=EventKind.REVOKED, by=by, after=reason))
        herald_revoked([assertion])
    return assertion


def revoke_many(
    *,
    assertions: AssertionQuerySet,
    reason: RevocationReason,
    by: User | None,
    progress: Progress = silent,
) -> int:
    """Withdraws what was not withdrawn of `assertions`; returns how many.

    Chunk by chunk, each in a transaction: a long one would hold holders up. Cut off, the rest can be asked for again.
    """
    living = assertions.filter(revoked_at=None).order_by("badge_class_id", "pk")
    return revoke_listed(keys=living.values_list("pk", flat=True), reason=reason, by=by, progress=progress)


def revoke_listed(
    *, keys: Iterable[int], reason: RevocationReason, by: User | None, progress: Progress = silent
) -> int:
    """The same for awards by their primary keys, as many as one likes."""
    return by_chunks(keys, lambda chunk: _revoke_chunk(chunk, reason, by), progress)


@transaction.atomic
def _revoke_chunk(chunk: list[int], reason: RevocationReason, by: User | None) -> int:
    awards = change.lock_all(Assertion.objects.filter(pk__in=chunk, revoked_at=None))
    for award in awards:
        _withdraw(award, reason)
    noted = AwardEvent.objects.bulk_create(
        event_of(award, EventKind.REVOKED, by=by, after=reason) for award in awards
    )
    letters = (letter(event.assertion, event) for event in noted)
    Message.objects.bulk_create(mail for mail in letters if mail)
    herald_revoked(awards)
    return len(awards)


def _withdraw(assertion: Assertion, reason: RevocationReason) -> None:
    change.write(assertion, revoked_at=timezone.now(), revocation_reason=reason)
