from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.create import evict_unproved, has_owner
from badges.enums import AssertionState, Visibility
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services import change
from badges.services.sign import sign_or_leave
from notifications.services.outbox import queue


@transaction.atomic
def accept(*, assertion: Assertion, holder: User) -> Assertion:
    """Puts a waiting badge into `holder`'s passport, private, and signs it. A second click is the same answer.

    The caller has made sure that its address is proved to be theirs. Raises NotPossible: withdrawn, declined,
    accepted by someone else, or a badge that this account holds already.
    """
    assertion = change.lock(assertion)
    if assertion.holder_id == holder.pk:
        return assertion
    name = assertion.recipient_name or holder.name
    try:
        with transaction.atomic():
            change.move(
                assertion,
                AssertionState.ACCEPTED,
                holder=holder,
                accepted_at=timezone.now(),
                visibility=Visibility.PRIVATE,
                recipient_name=name,
            )
    except IntegrityError as error:
        raise NotPossible(_("You hold this badge already: it can be forwarded, not kept twice.")) from error
    sign_or_leave(assertion)
    return assertion


@transaction.atomic
def adopt_address_and_accept(*, assertion: Assertion, holder: User) -> Assertion:
    """Adds the invited address to `holder`'s account, which the claim link has proved, and accepts.

    The address is told, in case somebody else opened its mail. Raises NotPossible when it is another account's.
    """
    assertion = change.lock(assertion)
    address = assertion.folded_address
    if _is_of_another(address, holder):
        raise NotPossible(_taken())
    try:
        with transaction.atomic():
            if _prove(address, holder):
                queue(
                    key=f"address-added:{assertion.uid}",
                    kind="address-added",
                    address=assertion.recipient_address,
                    context={"assertion": str(assertion.uid)},
                )
    except IntegrityError as error:  # another account proved it meanwhile, with another badge
        raise NotPossible(_taken()) from error
    return accept(assertion=assertion, holder=holder)


def _prove(address: str, holder: User) -> bool:
    """Makes `address` a verified one of `holder`; False when it was. Squatters who never proved it lose it."""
    if _own(holder, address).filter(verified=True).exists():
        return False
    primary = _own(holder, address).filter(primary=True).exists()
    evict_unproved(address)
    EmailAddress.objects.create(user=holder, email=address, verified=True, primary=primary)
    return True


def _is_of_another(address: str, holder: User) -> bool:
    if EmailAddress.objects.filter(email=address, verified=True).exclude(user=holder).exists():
        return True
    mine = holder.email == address or _own(holder, address).filter(verified=True).exists()
    return not mine and has_owner(address)


def _own(holder: User, address: str) -> QuerySet[EmailAddress]:
    return EmailAddress.objects.filter(user=holder, email=address)


def _taken() -> str:
    return _("This address cannot be added to this account. Sign in with the account that uses it.")
