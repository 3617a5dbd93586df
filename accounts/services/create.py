from allauth.account.models import EmailAddress
from django.db import transaction

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
    Profile.objects.create(user=user, first_name=first_name, last_name=last_name)
    if document:
        consent.give(user=user, document=document)
    return user
