from django.db import transaction

from accounts.models import User
from badges.models import Issuer, IssuerMember


@transaction.atomic
def appoint(*, issuer: Issuer, user: User) -> IssuerMember:
    """Lets `user` issue for `issuer`, and enter the administration."""
    member, _created = IssuerMember.objects.get_or_create(issuer=issuer, user=user)
    User.objects.filter(pk=user.pk, is_staff=False).update(is_staff=True)
    return member


@transaction.atomic
def dismiss(*, member: IssuerMember) -> None:
    """Takes the right back at once; who organises for nobody else no longer enters the administration."""
    user_id = member.user_id
    member.delete()
    if not IssuerMember.objects.filter(user=user_id).exists():
        User.objects.filter(pk=user_id, is_superuser=False).update(is_staff=False)


@transaction.atomic
def close(*, issuer: Issuer) -> None:
    """Deletes an issuer that has no badge, its keys with it, after dismissing who organises for it.

    Raises ProtectedError for others.
    """
    for member in issuer.members.all():
        dismiss(member=member)
    if not issuer.badge_classes.exists() and not issuer.endorsements.exists():
        issuer.keys.all().delete()
        issuer.status_lists.all().delete()
    issuer.delete()
