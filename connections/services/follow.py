from django.db import transaction

from accounts.models import User
from badges.models import BadgeClass
from connections.models import BadgeFollow


@transaction.atomic
def follow(*, user: User, badge_class: BadgeClass) -> BadgeFollow:
    """« Suivre ce badge »; a second click is the same answer."""
    row, _created = BadgeFollow.objects.get_or_create(user=user, badge_class=badge_class)
    return row


@transaction.atomic
def unfollow(*, user: User, badge_class: BadgeClass) -> None:
    """« Ne plus suivre »; a second click changes nothing."""
    BadgeFollow.objects.of(user).filter(badge_class=badge_class).delete()
