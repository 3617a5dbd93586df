"""A holder asks for a recommendation; who is asked answers, declines, or wants to be asked no more."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges.exceptions import NotPossible
from badges.models import Assertion
from connections.enums import RequestState
from connections.models import Block, RecognitionRequest, RecognitionStop
from connections.recognition_querysets import REQUESTS_PER_ADDRESS, REQUESTS_PER_DAY
from notifications.enums import Priority
from notifications.services import outbox
from notifications.services.notify import notify
from passport.lib.folding import fold_address

SAME_CLICK = timedelta(minutes=1)


@transaction.atomic
def ask(
    *, assertion: Assertion, message: str, member: User | None = None, address: str = ""
) -> RecognitionRequest:
    """Asks a member, who is told of it here, or an address, to which a mail leaves. Once each: nobody is pressed.

    Who has blocked the holder, or wants no more requests, is not reached, and the holder is not told so. Raises
    NotPossible: asked already, or too many requests today.
    """
    holder = assertion.holder
    if holder is None:
        raise NotPossible(_("This badge has no holder."))
    # The holder's row is held, so that two clicks at once come one after the other.
    User.objects.select_for_update(no_key=True).get(pk=holder.pk)
    who = {"member": member, "folded_address": fold_address(address)}
    former = RecognitionRequest.objects.filter(assertion=assertion, **who).first()
    if former:
        return _same_click(former)
    _require_measure(holder, address)
    request = RecognitionRequest.objects.create(
        assertion=assertion, holder=holder, member=member, address=address, message=message
    )
    if member is None:
        key = f"recognition-request:{request.uid}"
        context = {"request": str(request.uid)}
        outbox.queue(
            key=key, kind="recognition-request", address=address, context=context, priority=Priority.ORDINARY
        )
    elif not Block.objects.between(holder, member).exists():
        notify(kind="recognition-asked", person=member, subject=request.uid, actor=holder)
    return request


def _same_click(former: RecognitionRequest) -> RecognitionRequest:
    if former.created_at < timezone.now() - SAME_CLICK:
        raise NotPossible(_("You have asked this person already for this badge."))
    return former


def _require_measure(holder: User, address: str) -> None:
    today = RecognitionRequest.objects.of_today()
    if today.filter(holder=holder).count() >= REQUESTS_PER_DAY:
        raise NotPossible(_("You have asked many people today. Go on tomorrow."))
    if address and today.filter(folded_address=fold_address(address)).count() >= REQUESTS_PER_ADDRESS:
        raise NotPossible(_("This address cannot receive another request today. Try again tomorrow."))


def may_reach(request: RecognitionRequest) -> bool:
    """Whether the mail of a request may leave: still open, wanted, and not to somebody who has blocked the holder."""
    if not request.is_open or RecognitionStop.objects.holds(request.address):
        return False
    owner = EmailAddress.objects.filter(email=request.folded_address, verified=True).first()
    return owner is None or not Block.objects.between(request.holder_id, owner.user_id).exists()


@transaction.atomic
def withdraw(*, request: RecognitionRequest) -> bool:
    """The holder takes back a request, declined or over as well; its link then opens nothing. False: answered."""
    unanswered = RecognitionRequest.objects.filter(pk=request.pk).exclude(state=RequestState.ANSWERED)
    return bool(unanswered.update(state=RequestState.WITHDRAWN))


@transaction.atomic
def decline(*, request: RecognitionRequest) -> None:
    """Who is asked does not wish to write. A second click changes nothing."""
    open_one = RecognitionRequest.objects.filter(pk=request.pk, state=RequestState.OPEN)
    open_one.update(state=RequestState.DECLINED)


@transaction.atomic
def stop(*, address: str) -> None:
    """« Ne plus recevoir »: from anybody. A second click is the same answer."""
    RecognitionStop.objects.get_or_create(folded_address=fold_address(address))


@transaction.atomic
def resume(*, address: str) -> None:
    """Requests may reach this address again, the next ones."""
    RecognitionStop.objects.filter(folded_address=fold_address(address)).delete()


@transaction.atomic
def purge() -> int:
    """Forgets requests, and the addresses in them, that nobody has answered. Called by the worker."""
    return RecognitionRequest.objects.forgotten().delete()[0]
