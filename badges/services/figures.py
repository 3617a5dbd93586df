"""What the gallery sorts and counts by, kept on the badge class in the transaction that moves it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max
from django.db.models.functions import Greatest

from badges.enums import AssertionState, Visibility
from badges.models import Assertion, BadgeClass

LEVELS = {Visibility.PUBLIC: "public", Visibility.MEMBERS: "member"}


@dataclass(frozen=True)
class Listing:
    """Where one award is listed, for anonymous visitors and for members; the same rule as `listed_to`."""

    levels: frozenset[Visibility]
    awarded_at: datetime | None

    @classmethod
    def of(cls, assertion: Assertion) -> "Listing":
        named = assertion.name_listed and assertion.folded_name != ""
        held = assertion.state == AssertionState.ACCEPTED and assertion.holder_id and not assertion.is_revoked
        reach = {
            Visibility.PUBLIC: frozenset({Visibility.PUBLIC, Visibility.MEMBERS}),
            Visibility.MEMBERS: frozenset({Visibility.MEMBERS}),
        }
        levels = reach.get(Visibility(assertion.visibility), frozenset()) if named and held else frozenset()
        return cls(levels, assertion.accepted_at)


def move(badge_class_id: int, before: Listing, after: Listing) -> None:
    """Takes one award from where it was listed to where it is listed now."""
    changes: dict = {}
    for level in sorted(after.levels - before.levels):
        changes |= _entered(LEVELS[level], after.awarded_at)
    for level in sorted(before.levels - after.levels):
        changes |= _left(badge_class_id, level)
    if changes:
        BadgeClass.objects.filter(pk=badge_class_id).update(**changes)


def _entered(prefix: str, awarded_at: datetime | None) -> dict:
    return {
        f"{prefix}_recipients": F(f"{prefix}_recipients") + 1,
        f"{prefix}_activity_at": Greatest(f"{prefix}_activity_at", awarded_at),
    }


def _left(badge_class_id: int, level: Visibility) -> dict:
    prefix = LEVELS[level]
    return {
        f"{prefix}_recipients": F(f"{prefix}_recipients") - 1,
        f"{prefix}_activity_at": _activity(badge_class_id, level),
    }


def _activity(badge_class_id: int, level: Visibility) -> datetime:
    badge_class = BadgeClass.objects.only("published_at", "created_at").get(pk=badge_class_id)
    last = (
        Assertion.objects.listed_to(level)
        .filter(badge_class=badge_class_id)
        .aggregate(last=Max("accepted_at"))["last"]
    )
    since = badge_class.published_at or badge_class.created_at
    return max(since, last) if last else since


def true_figures(badge_class: BadgeClass) -> dict:
    """The figures counted afresh, for `rebuild_gallery` and for tests."""
    figures: dict = {}
    for level, prefix in LEVELS.items():
        listed = Assertion.objects.listed_to(level).filter(badge_class=badge_class)
        figures[f"{prefix}_recipients"] = listed.count()
        figures[f"{prefix}_activity_at"] = _activity(badge_class.pk, level)
    return figures
