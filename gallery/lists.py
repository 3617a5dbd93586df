"""What the gallery's pages list, with what is beside each row."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from accounts.models import Profile
from accounts.querysets import levels_open_to
from badges.models import Assertion, BadgeClass
from badges.querysets import AssertionQuerySet, level_of
from connections.models import Block

SHOWN_BADGES = 3


@dataclass(frozen=True)
class Person:
    """A recipient as the viewer may see them: the name of the award; link, town, picture as their profile allows."""

    name: str
    url: str
    town: str
    picture: str


@dataclass
class Portrait:
    """A visible profile, the first three of its badges that the viewer may see, and how many there are."""

    profile: Profile
    badges: list[BadgeClass] = field(default_factory=list)
    count: int = 0


def recipients(badge_class: BadgeClass) -> AssertionQuerySet:
    return Assertion.objects.filter(badge_class=badge_class).select_related("holder__profile__picture")


def people(assertions: Iterable[Assertion], viewer) -> list[Person]:
    """In one more query for a member: a profile is no link to whom its owner has blocked, but for what is public."""
    rows = list(assertions)
    blocking = Block.objects.against(viewer, [assertion.holder_id for assertion in rows])
    closed = set(blocking.values_list("person", flat=True))
    levels, without_account = levels_open_to(viewer), levels_open_to(AnonymousUser())
    return [
        _person(assertion, without_account if assertion.holder_id in closed else levels) for assertion in rows
    ]


def _person(assertion: Assertion, levels: list[str]) -> Person:
    holder = assertion.holder
    assert holder is not None  # noqa: S101 - what is listed is held
    profile = holder.profile
    if holder.is_active and profile.visibility in levels:
        address = reverse("sharing:profile", args=[profile.handle])
        return Person(assertion.recipient_name, address, profile.town, profile.picture_url)
    return Person(assertion.recipient_name, reverse("sharing:badge", args=[assertion.uid]), "", "")


def portraits(profiles: Iterable[Profile], viewer) -> list[Portrait]:
    """Profiles with their badges, in one more query however many they are."""
    found = {profile.user_id: Portrait(profile) for profile in profiles}
    first = (
        Assertion.objects.on_profile(level_of(viewer))
        .filter(holder__in=list(found))
        .annotate(
            place=Window(
                RowNumber(),
                partition_by="holder",
                order_by=[F("position").asc(), F("accepted_at").desc(), F("id").desc()],
            ),
            total=Window(Count("*"), partition_by="holder"),
        )
        .filter(place__lte=SHOWN_BADGES)
        .select_related("badge_class")
        .order_by("holder", "place")
    )
    for assertion in first:
        portrait = found[assertion.holder_id]
        portrait.badges.append(assertion.badge_class)
        portrait.count = assertion.total
    return list(found.values())
