"""Decline, undo, show, revoke: effects, refusals, and what the gallery counts."""

import pytest
import time_machine
from django.utils import timezone

from badges.enums import AssertionState, Visibility
from badges.exceptions import NotPossible
from badges.services import decline as declining
from badges.services.revoke import revoke
from badges.services.show import show
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db


def counts(badge_class):
    badge_class.refresh_from_db()
    return badge_class.public_recipients, badge_class.member_recipients


def test_declining_can_be_undone_for_thirty_days():
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        assertion = declining.decline(assertion=AssertionFactory())
    assert (assertion.state, assertion.declined_at.isoformat()) == (
        AssertionState.DECLINED,
        "2026-03-01T12:00:00+00:00",
    )

    with time_machine.travel("2026-03-31T12:00:00Z", tick=False):
        assert declining.undo(assertion=assertion).state == AssertionState.PENDING


def test_declining_can_no_longer_be_undone_after_thirty_days():
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        assertion = declining.decline(assertion=AssertionFactory())

    with time_machine.travel("2026-03-31T12:00:01Z", tick=False), pytest.raises(NotPossible):
        declining.undo(assertion=assertion)

    assertion.refresh_from_db()
    assert assertion.state == AssertionState.DECLINED


def test_declining_twice_keeps_the_first_date():
    assertion = declining.decline(assertion=AssertionFactory())

    assert declining.decline(assertion=assertion).declined_at == assertion.declined_at


def test_an_accepted_badge_cannot_be_declined():
    assertion = AssertionFactory(accepted=True)

    with pytest.raises(NotPossible):
        declining.decline(assertion=assertion)

    assertion.refresh_from_db()
    assert assertion.state == AssertionState.ACCEPTED


@pytest.mark.parametrize(
    "visibility, name_listed, expected",
    [
        (Visibility.PRIVATE, True, (0, 0)),
        (Visibility.MEMBERS, True, (0, 1)),
        (Visibility.PUBLIC, True, (1, 1)),
        (Visibility.MEMBERS, False, (0, 0)),
        (Visibility.PUBLIC, False, (0, 0)),
    ],
)
def test_showing_a_badge_moves_the_counts_by_exactly_one(visibility, name_listed, expected):
    assertion = AssertionFactory(accepted=True)

    show(assertion=assertion, visibility=visibility, name_listed=name_listed)

    assert counts(assertion.badge_class) == expected
    show(assertion=assertion, visibility=visibility, name_listed=name_listed)
    assert counts(assertion.badge_class) == expected
    show(assertion=assertion, visibility=Visibility.PRIVATE)
    assert counts(assertion.badge_class) == (0, 0)


def test_going_private_gives_the_badge_back_its_earlier_place():
    published = timezone.datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    badge_class = BadgeClassFactory(published_at=published)
    early, late = (timezone.datetime.fromisoformat(f"2026-0{m}-01T00:00:00+00:00") for m in (2, 3))
    AssertionFactory(badge_class=badge_class, public=True, accepted_at=early)
    last = AssertionFactory(badge_class=badge_class, public=True, accepted_at=late)
    badge_class.refresh_from_db()
    assert badge_class.public_activity_at == late

    show(assertion=last, visibility=Visibility.MEMBERS)

    badge_class.refresh_from_db()
    assert (badge_class.public_activity_at, badge_class.member_activity_at) == (early, late)


def test_only_an_accepted_badge_can_be_shown():
    for assertion in (
        AssertionFactory(),
        AssertionFactory(declined=True),
        AssertionFactory(public=True, revoked=True),
    ):
        with pytest.raises(NotPossible):
            show(assertion=assertion, visibility=Visibility.PUBLIC)
        assert counts(assertion.badge_class) == (0, 0)


def test_revoking_takes_the_badge_out_of_the_counts_once():
    assertion = AssertionFactory(public=True)
    assert counts(assertion.badge_class) == (1, 1)

    revoked = revoke(assertion=assertion, reason="mistake")
    again = revoke(assertion=assertion, reason="criteria")

    assert counts(assertion.badge_class) == (0, 0)
    assert (again.revoked_at, again.revocation_reason) == (revoked.revoked_at, "mistake")
