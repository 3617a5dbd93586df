"""What is new from what one follows, read when it is asked: nothing is written for each follower.

Who receives a badge is told in one line a badge and day, however many they are, and as of when they showed it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Self

from django.db.models import Case, Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from accounts.models import User
from badges.models import Assertion, BadgeClass
from badges.querysets import AssertionQuerySet, level_of
from connections import lists
from connections.models import IssuerFollow
from connections.querysets import profiles_open_to, without_blocks

DAYS = 90
LINES = 12
NAMES = 2


class News(IntEnum):
    """What happened; on one day, in this order."""

    PUBLISHED = 0
    RECEIVED = 1


@dataclass(frozen=True)
class Place:
    """Of a line: `key` is the badge class. Two lines never have the same."""

    day: date
    news: News
    key: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for what is no place."""
        try:
            day, news, key = text.split("_")
            place = cls(date.fromisoformat(day), News(int(news)), int(key))
        except ValueError:
            return None
        is_sound = place.written == text and 0 < place.key < 2**63 and 2000 <= place.day.year < 3000
        return place if is_sound else None

    @property
    def written(self) -> str:
        return f"{self.day.isoformat()}_{self.news.value}_{self.key}"

    @property
    def rank(self) -> tuple[int, int, int]:
        """Lines go by it, the smallest first."""
        return -self.day.toordinal(), self.news.value, -self.key


@dataclass(frozen=True)
class Person:
    """The name that lists show, and the handle of the profile that the reader may open, or ""."""

    name: str
    handle: str


@dataclass(frozen=True)
class Found:
    """A line before its badge and names are read: `keys` are the awards that may be named."""

    place: Place
    people: int = 0
    keys: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    """`people` have received the badge, NAMES of them at most are `named`; or its issuer has published it."""

    place: Place
    badge_class: BadgeClass
    people: int
    named: Sequence[Person]

    @property
    def others(self) -> int:
        return self.people - len(self.named)

    @property
    def is_publication(self) -> bool:
        return self.place.news == News.PUBLISHED


@dataclass(frozen=True)
class Feed:
    """Some lines, the newest first; `older` is where the next ones begin, "" after the last."""

    lines: Sequence[Line]
    older: str = ""


def feed(user: User, after: str = "") -> Feed:
    """The lines that follow the place `after`; a place that makes no sense is the beginning. At most four queries."""
    start = Place.read(after)
    found = sorted([*_published(user, start), *_received(user, start)], key=lambda one: one.place.rank)
    shown = found[:LINES]
    older = shown[-1].place.written if len(found) > LINES else ""
    return Feed(_filled(user, shown), older)


def _published(user: User, start: Place | None) -> list[Found]:
    """Badges of followed issuers. What oneself organises is no news; what comes from elsewhere is published there."""
    mine = Q(issuer__members__user=user.pk)
    issuers = IssuerFollow.objects.of(user).values("issuer")
    badges = BadgeClass.objects.published().here().filter(issuer__in=issuers)
    others = badges.exclude(pk__in=BadgeClass.objects.filter(mine).values("pk"))
    dated = _since(others, "published_at", start).annotate(day=TruncDate("published_at"), key=F("pk"))
    rows = _after(dated, News.PUBLISHED, start).order_by("-day", "-key").values("day", "key")
    return [Found(Place(row["day"], News.PUBLISHED, row["key"])) for row in rows[: LINES + 1]]


def _received(user: User, start: Place | None) -> list[Found]:
    """Who shows a followed badge, and what followed people show; of the named, those whom one follows come first."""
    people = lists.people(user).values("followed")
    news = _since(_told_to(user), "shown_at", start)
    of_badges = news.filter(badge_class__in=lists.badges(user).values("badge_class"))
    of_people = news.filter(holder__in=people, on_profile=True)
    # As a union each half has its index; as an alternative the whole table would be read.
    rows = Assertion.objects.filter(pk__in=of_badges.values("pk").union(of_people.values("pk")))
    dated = _after(rows.annotate(day=TruncDate("shown_at"), key=F("badge_class")), News.RECEIVED, start)
    is_followed = Q(holder__in=people, on_profile=True)
    grouped = dated.values("day", "key").annotate(
        people=Count("pk"), known=Max(Case(When(is_followed, then="pk"))), first=Min("pk"), last=Max("pk")
    )
    return [_group(row) for row in grouped.order_by("-day", "-key")[: LINES + 1]]


def _group(row: dict) -> Found:
    keys = dict.fromkeys(key for key in (row["known"], row["last"], row["first"]) if key)
    place = Place(row["day"], News.RECEIVED, row["key"])
    return Found(place, people=row["people"], keys=tuple(keys)[:NAMES])


def _told_to(user: User) -> AssertionQuerySet:
    """Awards of others that lists name to `user`, none of the two having blocked the other."""
    listed: AssertionQuerySet = Assertion.objects.listed_to(level_of(user))
    others = listed.filter(holder__is_active=True, badge_class__in=BadgeClass.objects.published())
    return without_blocks(others.exclude(holder=user.pk), user, "holder")


def _since(rows: QuerySet, column: str, start: Place | None) -> QuerySet:
    """Rows of the last DAYS days; with `start`, of its day and before."""
    since = _midnight(timezone.localdate() - timedelta(days=DAYS))
    found = rows.filter(**{f"{column}__gte": since})
    return found.filter(**{f"{column}__lt": _midnight(start.day + timedelta(days=1))}) if start else found


def _after(rows: QuerySet, news: News, start: Place | None) -> QuerySet:
    """Rows, with `day` and `key`, whose line comes after `start`."""
    if start is None:
        return rows
    later = Q(day__lt=start.day)
    if news > start.news:
        later |= Q(day=start.day)
    elif news == start.news:
        later |= Q(day=start.day, key__lt=start.key)
    return rows.filter(later)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _filled(user: User, found: Sequence[Found]) -> list[Line]:
    """With badges and names; a line whose badge went away meanwhile is left out."""
    badges = BadgeClass.objects.select_related("issuer").in_bulk({one.place.key for one in found})
    named = _named(user, {key for one in found for key in one.keys})
    return [
        Line(
            one.place,
            badges[one.place.key],
            one.people,
            [named[key] for key in one.keys if key in named],
        )
        for one in found
        if one.place.key in badges
    ]


def _named(user: User, keys: set[int]) -> dict[int, Person]:
    """Asked anew: who has hidden a badge since the lines were read is counted, and not named."""
    handle = profiles_open_to(user).filter(user=OuterRef("holder")).values("handle")
    rows = _told_to(user).filter(pk__in=keys).annotate(handle=Coalesce(Subquery(handle), Value("")))
    return {
        pk: Person(name, handle) for pk, name, handle in rows.values_list("pk", "recipient_name", "handle")
    }
