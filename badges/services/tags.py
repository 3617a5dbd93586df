"""A holder's own words on their badges. Nobody else reads them."""

from collections.abc import Iterable, Sequence
from typing import cast

from django.db import transaction

from accounts.models import User
from badges.models import Assertion, BadgeTag
from badges.own_words import MOST_TAGS


@transaction.atomic
def retag(*, assertion: Assertion, names: Iterable[str]) -> None:
    """Gives a badge these tags and no other. The first MOST_TAGS are kept; the same word twice is one."""
    # One change at a time: two windows would go beyond what a badge may have.
    User.objects.select_for_update(no_key=True).get(pk=cast(int, assertion.holder_id))
    wanted = {tag.folded_name: tag for tag in _unsaved([assertion], names)}
    # A word that is only written otherwise is written anew.
    assertion.tags.exclude(name__in=[tag.name for tag in wanted.values()]).delete()
    BadgeTag.objects.bulk_create(list(wanted.values())[:MOST_TAGS], ignore_conflicts=True)


def tag(*, assertions: Sequence[Assertion], names: Iterable[str]) -> list[BadgeTag]:
    """Adds these tags to each badge that has room for them. Returns what was added. Call it in a transaction."""
    rows = BadgeTag.objects.filter(assertion__in=assertions).values_list("assertion_id", "folded_name")
    there: dict[int, set[str]] = {}
    for pk, folded in rows:
        there.setdefault(pk, set()).add(folded)
    added = []
    for row in _unsaved(assertions, names):
        words = there.setdefault(row.assertion_id, set())
        if row.folded_name not in words and len(words) < MOST_TAGS:
            words.add(row.folded_name)
            added.append(row)
    return BadgeTag.objects.bulk_create(added, batch_size=500)


def untag(*, assertions: Sequence[Assertion], names: Iterable[str]) -> list[tuple[int, str]]:
    """Takes these tags off. Returns which badge (its key) had which word. Call it in a transaction."""
    folded = {tag.folded_name for tag in _unsaved(assertions[:1], names)}
    rows = BadgeTag.objects.filter(assertion__in=assertions, folded_name__in=folded)
    removed = list(rows.values_list("assertion_id", "name"))
    rows.delete()
    return removed


def _unsaved(assertions: Iterable[Assertion], names: Iterable[str]) -> list[BadgeTag]:
    tags = [BadgeTag(assertion=assertion, name=name) for assertion in assertions for name in names]
    for row in tags:
        row.fold()
    return [row for row in tags if row.folded_name]
