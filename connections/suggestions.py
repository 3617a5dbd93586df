"""People to follow: who has the badges that one has oneself."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import Profile, User
from badges.enums import Visibility
from badges.models import Assertion, BadgeClass
from connections.querysets import profiles_to_suggest

# The badges that few people have say most of what two people share; a bounded number of their holders is looked at.
BADGES, HOLDERS, SHOWN = 30, 5_000, 48


@dataclass(frozen=True)
class Suggestion:
    profile: Profile
    common: int


def suggestions(user: User, name: str = "") -> Sequence[Suggestion]:
    """At most SHOWN people, those with most badges in common first. Three queries, whatever there is.

    Of others, only the badges that every member finds in lists under their name count; of oneself, all that are held.
    """
    held = Assertion.objects.held_by(user).valid().values("badge_class")
    rare = BadgeClass.objects.filter(pk__in=held).order_by("member_recipients", "pk")[:BADGES]
    shared = list(rare.values_list("pk", flat=True))
    listed = Assertion.objects.listed_to(Visibility.MEMBERS).filter(badge_class__in=shared)
    seen = listed.filter(holder__in=profiles_to_suggest(user, name).values("user"))
    holders = Assertion.objects.filter(pk__in=seen.values("pk")[:HOLDERS])
    counted = holders.values("holder").annotate(common=Count("badge_class", distinct=True))
    found = {row["holder"]: row["common"] for row in counted.order_by("-common", "holder")[:SHOWN]}
    rows = Profile.objects.filter(user__in=found).select_related("user", "picture")
    profiles = {profile.user_id: profile for profile in rows}
    return [Suggestion(profiles[pk], common) for pk, common in found.items()]
