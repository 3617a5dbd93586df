from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from accounts.models import User


@transaction.atomic
def forget_unproved(*, user: User) -> None:
    """An account that never proved an address may have been made by somebody who only typed it. The first to open its
    mail is its owner: the password and the sign-in by a network that were set before no longer open it."""
    if EmailAddress.objects.filter(user=user, verified=True).exists():
        return
    SocialAccount.objects.filter(user=user).delete()
    if user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])
