"""What the gallery's pages list, with what is beside each row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from accounts.models import Profile
from accounts.querysets import levels_open_to
from badges.models import Assertion, BadgeClass
from badges.querysets import AssertionQuerySet, level_of
from gallery.filters import SearchForm
from passport.lib import keyset

MOST = 1_000
SHOWN_BADGES = 3


@dataclass(frozen=True)
class Total:
    """A number of results, exact up to MOST."""

    number: int
    more: bool


@dataclass(frozen=True)
class Listing:
    """One page of a list, and the addresses of its neighbours."""

    rows: Sequence
    previous_url: str
    next_url: str


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


def counted(rows: QuerySet) -> Total:
    number = rows.order_by()[: MOST + 1].count()
    return Total(min(number, MOST), number > MOST)


def listing(
    rows: QuerySet, form: SearchForm, *, order: tuple[str, ...], size: int, by: str = "apres"
) -> Listing:
    """The page of `rows` that the form's cursor `by` points at."""
    page = keyset.page(rows, order=order, size=size, cursor=form.value(by))
    return Listing(
        page.rows,
        form.address(**{by: page.previous}) if page.previous else "",
        form.address(**{by: page.following}) if page.following else "",
    )


def recipients(badge_class: BadgeClass) -> AssertionQuerySet:
    return Assertion.objects.filter(badge_class=badge_class).select_related("holder__profile__picture")


def people(assertions: Iterable[Assertion], viewer) -> list[Person]:
    levels = levels_open_to(viewer)
    return [_person(assertion, levels) for assertion in assertions]


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
