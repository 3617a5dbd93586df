"""What a claim may do with accounts: make one, or bring its address to the one that is open."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import LegalDocument, User
from accounts.services import consent
from accounts.services.create import create_verified, evict_unproved, has_owner
from badges.enums import AssertionState
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services import change
from badges.services.accept import adopt_address_and_accept


class AddressTaken(NotPossible):
    """The invited address has an account: a claim creates nothing beside it, and never signs in to it."""


@transaction.atomic
def create_account(
    *,
    assertion: Assertion,
    document: LegalDocument | None,
    first_name: str,
    last_name: str,
    password: str | None,
) -> User:
    """The account of the person to whom a waiting badge was sent; the opened mail proved the address.

    Raises AddressTaken, or NotPossible when the badge no longer waits.
    """
    assertion = change.lock(assertion)
    if assertion.is_revoked or assertion.state != AssertionState.PENDING:
        raise NotPossible(_("This badge no longer waits for an answer. Open the link in its e-mail again."))
    address = assertion.folded_address
    if has_owner(address):
        raise AddressTaken(_("An account already uses this address."))
    evict_unproved(address)
    try:
        with transaction.atomic():
            return create_verified(
                email=address,
                document=document,
                first_name=first_name,
                last_name=last_name,
                password=password,
            )
    except IntegrityError as error:
        raise AddressTaken(_("An account already uses this address.")) from error


@transaction.atomic
def adopt(*, assertion: Assertion, holder: User, document: LegalDocument | None) -> Assertion:
    """Adds the invited address to the open account and accepts; records the consent that the claim carried."""
    if document:
        consent.give(user=holder, document=document)
    return adopt_address_and_accept(assertion=assertion, holder=holder)
