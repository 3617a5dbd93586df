from datetime import timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from badges.enums import Visibility
from badges.models import Assertion, Issuer
from connections.enums import FollowState
from connections.models import IssuerFollow, PersonFollow
from home.demonstration import content

FOLLOWED, FOLLOWERS, AMONG_OTHERS = 12, 14, 200
# Some have shown an old badge these last weeks: that is news.
SHOWN_LATELY, WEEKS = 150, 8


def create(member: User, holders: list[User], chance: Random) -> None:
    """Who follows which issuer and whom, and what was shown lately."""
    now = timezone.now()
    followed = Issuer.objects.filter(slug__in=content.read("people")["member"]["follows_issuers"])
    IssuerFollow.objects.bulk_create(IssuerFollow(user=member, issuer=issuer) for issuer in followed)
    members = [person for person in holders if person.profile.visibility != Visibility.PRIVATE]
    pairs = [(member, person) for person in chance.sample(members, min(FOLLOWED, len(members)))]
    pairs += [(person, member) for person in chance.sample(holders, min(FOLLOWERS, len(holders)))]
    pairs += [(chance.choice(holders), chance.choice(members)) for _ in range(AMONG_OTHERS) if members]
    PersonFollow.objects.bulk_create(
        PersonFollow(
            follower=follower,
            followed=person,
            state=FollowState.ACCEPTED,
            answered_at=now,
            created_at=now - timedelta(hours=chance.randint(2, 9000)),
        )
        for follower, person in dict.fromkeys(pairs)
        if follower != person
    )
    _show_lately(member, chance)


def _show_lately(member: User, chance: Random) -> None:
    now = timezone.now()
    shown = list(Assertion.objects.filter(shown_at__isnull=False).exclude(holder=member).order_by("pk"))
    for award in (lately := chance.sample(shown, min(SHOWN_LATELY, len(shown)))):
        award.shown_at = max(award.shown_at or now, now - timedelta(hours=chance.randint(1, WEEKS * 7 * 24)))
    Assertion.objects.bulk_update(lately, ["shown_at"])
