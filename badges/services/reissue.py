"""A badge that was withdrawn, declined or has expired is given once more."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges.enums import AssertionState, BatchState, EventKind, LineOutcome, SharedAddress
from badges.exceptions import NotPossible
from badges.models import Assertion, Batch, BatchLine
from badges.services import change, mailing, send
from badges.services.draft import require_published
from badges.services.events import log
from badges.services.expire import set_end
from badges.services.invite import invitation
from badges.services.telling import tell


@transaction.atomic
def reissue(*, assertion: Assertion, by: User | None) -> Assertion:
    """Withdrawn: a new award, by a list of one line. Declined: waits again, with a new link. Held and expired: a new
    period from today, of which its holder is told. Returns the award that is valid now.

    Raises NotPossible for all others, for who wants no mail, and for a person who has this badge by another award.
    """
    assertion = change.lock(assertion)
    if assertion.is_revoked:
        return _anew(assertion, by)
    if assertion.state == AssertionState.DECLINED:
        return _ask_again(assertion, by)
    if assertion.state == AssertionState.PENDING:
        raise NotPossible(_("This badge is still waiting for an answer: send its e-mail again instead."))
    if not assertion.is_expired:
        raise NotPossible(_("This badge is held and valid: there is nothing to award again."))
    days = assertion.badge_class.valid_days
    end = timezone.now() + timedelta(days=days) if days else None
    tell(set_end(assertion, end, EventKind.REISSUED, by))
    return assertion


def _anew(revoked: Assertion, by: User | None) -> Assertion:
    mailing.require_wanted(revoked)
    require_published(revoked.badge_class)
    batch = Batch.objects.create(
        badge_class=revoked.badge_class,
        created_by=by,
        source=_("new award"),
        state=BatchState.SENDING,
        shared=SharedAddress.EACH,
    )
    line = BatchLine.objects.create(
        batch=batch,
        number=1,
        value=revoked.recipient_address,
        name=revoked.recipient_name,
        outcome=LineOutcome.READY,
    )
    send.advance(batch)
    line.refresh_from_db()
    new = line.assertion
    if line.outcome != LineOutcome.CREATED or new is None:
        raise NotPossible(_("This person has this badge already, by another award."))
    log(assertion=revoked, kind=EventKind.REISSUED, by=by, after=new.printed_code)
    log(assertion=new, kind=EventKind.REISSUED, by=by, before=revoked.printed_code)
    return new


def _ask_again(declined: Assertion, by: User | None) -> Assertion:
    mailing.require_wanted(declined)
    link = mailing.new_link(declined, timezone.now())
    change.move(declined, AssertionState.PENDING, declined_at=None, **link)
    mailing.post(declined, invitation(declined))
    log(assertion=declined, kind=EventKind.REISSUED, by=by)
    return declined
