"""The lists of « Connexions »: what one follows and may still see, and who follows."""

from accounts.models import User
from connections.models import BadgeFollow, IssuerFollow, PersonFollow
from connections.querysets import FollowQuerySet, IssuerFollowQuerySet, PersonFollowQuerySet
from passport.lib.counting import lengths

BY_FOLLOWED = ("followed__profile__folded_name", "id")
BY_FOLLOWER = ("follower__profile__folded_name", "id")


def people(user: User) -> PersonFollowQuerySet:
    return PersonFollow.objects.of(user).visible_to(user)


def badges(user: User) -> FollowQuerySet:
    return BadgeFollow.objects.of(user).in_gallery()


def issuers(user: User) -> IssuerFollowQuerySet:
    return IssuerFollow.objects.of(user).in_gallery()


def followers(user: User) -> PersonFollowQuerySet:
    return PersonFollow.objects.followers_of(user)


def counts(user: User) -> dict[str, int]:
    """What the tabs say is what they list; one query."""
    rows = {
        "people": people(user),
        "badges": badges(user),
        "issuers": issuers(user),
        "followers": followers(user),
    }
    return lengths(user, {**rows, "waiting": PersonFollow.objects.waiting_for(user)})
