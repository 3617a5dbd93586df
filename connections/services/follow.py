"""Following badges and issuers: everybody may, nobody is asked. A second click is the same answer."""

from django.db import transaction

from accounts.models import User
from badges.models import BadgeClass, Issuer
from connections.models import BadgeFollow, IssuerFollow


@transaction.atomic
def follow(*, user: User, badge_class: BadgeClass) -> BadgeFollow:
    """« Suivre ce badge »."""
    row, _created = BadgeFollow.objects.get_or_create(user=user, badge_class=badge_class)
    return row


@transaction.atomic
def unfollow(*, user: User, badge_class: BadgeClass) -> None:
    """« Ne plus suivre »."""
    BadgeFollow.objects.of(user).filter(badge_class=badge_class).delete()


@transaction.atomic
def follow_issuer(*, user: User, issuer: Issuer) -> IssuerFollow:
    """« Suivre cet émetteur »."""
    row, _created = IssuerFollow.objects.get_or_create(user=user, issuer=issuer)
    return row


@transaction.atomic
def unfollow_issuer(*, user: User, issuer: Issuer) -> None:
    """« Ne plus suivre »."""
    IssuerFollow.objects.of(user).filter(issuer=issuer).delete()
