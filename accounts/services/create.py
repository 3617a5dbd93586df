from allauth.account.models import EmailAddress
from django.db import models, transaction

from accounts.models import LegalDocument, Profile, User
from accounts.services import consent


@transaction.atomic
def create_verified(
    *,
    email: str,
    document: LegalDocument | None,
    first_name: str = "",
    last_name: str = "",
    password: str | None = None,
) -> User:
    """Makes an account whose address was proved by a mail that its owner opened: no second mail is sent.

    `document` is the data protection statement that the person has just accepted. Raises IntegrityError when the
    address has an account already.
    """
    user = User.objects.create_user(email, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    complete(user=user, document=document, first_name=first_name, last_name=last_name)
    return user


@transaction.atomic
def create_from_provider(
    *,
    addresses: list[EmailAddress],
    document: LegalDocument | None,
    first_name: str = "",
    last_name: str = "",
) -> User:
    """An account that Facebook or LinkedIn opens. The first address is the primary one, proved or not; the others are
    added when they are proved and free. Raises IntegrityError when the first has an account already."""
    primary, *others = addresses
    if primary.verified:
        evict_unproved(primary.email)
    user = User.objects.create_user(primary.email)
    EmailAddress.objects.create(user=user, email=user.email, verified=primary.verified, primary=True)
    for other in others:
        if other.verified and not is_taken(other.email):
            EmailAddress.objects.create(user=user, email=other.email.lower(), verified=True)
    complete(user=user, document=document, first_name=first_name, last_name=last_name)
    return user


def complete(*, user: User, document: LegalDocument | None, first_name: str, last_name: str) -> None:
    """What every account has: a profile, private, and the consent with which it came."""
    Profile.objects.create(user=user, first_name=first_name, last_name=last_name)
    if document:
        consent.give(user=user, document=document)


def is_taken(address: str) -> bool:
    """Whether an account has this address, proved or not."""
    address = address.lower()
    return EmailAddress.objects.filter(email=address).exists() or User.objects.filter(email=address).exists()


def has_owner(address: str) -> bool:
    """Whether an account has proved this address, or was ever entered under it."""
    address = address.lower()
    if EmailAddress.objects.filter(email=address, verified=True).exists():
        return True
    return User.objects.filter(email=address).exclude(pk__in=_unproved()).exists()


def evict_unproved(address: str) -> None:
    """Who typed this address and never proved it loses it, and an account that proved nothing goes with it."""
    address = address.lower()
    EmailAddress.objects.filter(email=address, verified=False).delete()
    _unproved().filter(email=address).delete()


def _unproved() -> models.QuerySet[User]:
    """Accounts that nobody can have entered. One that an administrator made for an organiser is not among them."""
    return User.objects.exclude(emailaddress__verified=True).filter(last_login=None, is_staff=False)
