from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import User
from badges.enums import AssertionState, RevocationReason, Visibility
from badges.models import Assertion, BadgeClass
from badges.services import figures
from home.demonstration import content
from home.demonstration.catalogue import at

DECLINED, REVOKED, UNLISTED = 0.02, 0.006, 0.05


def create(catalogue: dict[str, BadgeClass], member: User, holders: list[User], chance: Random) -> None:
    """Years of awards, some declined or withdrawn, and what the gallery counts of them."""
    zeal = {holder.pk: chance.paretovariate(1.4) for holder in holders}
    awards: list[Assertion] = []
    for row in content.read("badges")["badges"]:
        eager = sorted(holders, key=lambda holder: chance.random() ** (1 / zeal[holder.pk]), reverse=True)
        awards += [_award(catalogue[row["slug"]], row, holder, chance) for holder in eager[: row["holders"]]]
    awards += _of_member(catalogue, member, chance)
    Assertion.objects.bulk_create(awards, batch_size=500)
    for badge_class in catalogue.values():
        BadgeClass.objects.filter(pk=badge_class.pk).update(**figures.true_figures(badge_class))
    _join_before_first_badge([member, *holders], awards)


def _award(badge_class: BadgeClass, row: dict[str, Any], holder: User, chance: Random) -> Assertion:
    issued_at = _moment(row, chance)
    assertion = _waiting(badge_class, holder, issued_at)
    answered_at = min(issued_at + timedelta(hours=chance.randint(1, 400)), timezone.now())
    if chance.random() < DECLINED:
        assertion.state, assertion.declined_at = AssertionState.DECLINED, answered_at
        return assertion
    _accept(assertion, holder, answered_at)
    private = max(0.0, 1 - row["public"] - row["members"])
    assertion.visibility = chance.choices(
        [Visibility.PUBLIC, Visibility.MEMBERS, Visibility.PRIVATE], [row["public"], row["members"], private]
    )[0]
    _date(assertion)
    assertion.name_listed = chance.random() >= UNLISTED
    if chance.random() < REVOKED:
        assertion.revoked_at, assertion.revocation_reason = answered_at, RevocationReason.MISTAKE
    return assertion


def _of_member(catalogue: dict[str, BadgeClass], member: User, chance: Random) -> list[Assertion]:
    rows = {row["slug"]: row for row in content.read("badges")["badges"]}
    shown = [Visibility.PUBLIC, Visibility.PUBLIC, Visibility.MEMBERS, Visibility.PUBLIC, Visibility.PRIVATE]
    awards = []
    for number, slug in enumerate(content.read("people")["member"]["badges"]):
        issued_at = _moment(rows[slug], chance)
        assertion = _waiting(catalogue[slug], member, issued_at)
        _accept(assertion, member, min(issued_at + timedelta(hours=20), timezone.now()))
        assertion.visibility = shown[number % len(shown)]
        _date(assertion)
        awards.append(assertion)
    return awards


def _moment(row: dict[str, Any], chance: Random) -> datetime:
    days = (row["last"] - row["first"]).days
    return at(
        row["first"] + timedelta(days=chance.randint(0, days)), chance.randint(9, 18), chance.randint(0, 59)
    )


def _waiting(badge_class: BadgeClass, holder: User, issued_at: datetime) -> Assertion:
    days = badge_class.valid_days
    assertion = Assertion(
        badge_class=badge_class,
        recipient_address=holder.email,
        recipient_name=holder.name,
        issued_at=issued_at,
        claim_until=issued_at + timedelta(days=90),
        expires_at=issued_at + timedelta(days=days) if days else None,
    )
    assertion.fold()
    return assertion


def _accept(assertion: Assertion, holder: User, accepted_at: datetime) -> None:
    assertion.state, assertion.holder, assertion.accepted_at = AssertionState.ACCEPTED, holder, accepted_at


def _date(assertion: Assertion) -> None:
    """Whoever shows a badge has shown it from the first day."""
    assertion.shown_at = None if assertion.visibility == Visibility.PRIVATE else assertion.accepted_at


def _join_before_first_badge(people: list[User], awards: list[Assertion]) -> None:
    first: dict[str, datetime] = {}
    for award in awards:
        known = first.get(award.recipient_address, award.issued_at)
        first[award.recipient_address] = min(known, award.issued_at)
    for person in people:
        person.date_joined = first.get(person.email, person.date_joined)
    User.objects.bulk_update(people, ["date_joined"], batch_size=100)
