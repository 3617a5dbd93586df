"""The holder's own order, and what stands on their profile."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from badges.enums import Visibility
from badges.models import Assertion
from badges.querysets import PROFILE_ORDER
from badges.services.arrange import arrange, show_on_profile
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def award(alice):
    """Alice's badge of that name, accepted on that day."""

    def make(name: str, day: int, **fields):
        return AssertionFactory(
            badge_class=BadgeClassFactory(name=name),
            holder=alice,
            accepted_at=START + timedelta(days=day),
            **{"public": True, **fields},
        )

    return make


@pytest.fixture
def four(award):
    return {name: award(name, day) for day, name in enumerate("dcba")}


def order(user) -> list[str]:
    held = Assertion.objects.held_by(user).order_by(*PROFILE_ORDER)
    return list(held.values_list("badge_class__name", flat=True))


def test_new_badges_come_first_and_the_newest_of_them(alice, four, award):
    assert order(alice) == ["a", "b", "c", "d"]
    arrange(holder=alice, uids=[four[name].uid for name in "dbca"])
    award("new", 9)
    award("newer", 10)

    assert order(alice) == ["newer", "new", "d", "b", "c", "a"]


def test_some_change_places_among_all(alice, four):
    arrange(holder=alice, uids=[four["d"].uid, four["b"].uid])
    assert order(alice) == ["a", "d", "c", "b"]
    assert list(Assertion.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4]


def test_what_is_not_one_s_own_is_passed_over(alice, bob, four):
    other = AssertionFactory(public=True, holder=bob, position=7)
    waiting = AssertionFactory(recipient_address=alice.email)

    arrange(
        holder=alice, uids=[other.uid, four["d"].uid, uuid.uuid4(), waiting.uid, four["a"].uid, four["d"].uid]
    )

    assert order(alice) == ["d", "b", "c", "a"]
    other.refresh_from_db()
    waiting.refresh_from_db()
    assert (other.position, waiting.position) == (7, 0)


def test_arranging_again_writes_nothing(alice, four, django_assert_num_queries):
    uids = [four[name].uid for name in "dbca"]
    arrange(holder=alice, uids=uids)
    with django_assert_num_queries(4):  # savepoint, lock, order, release
        arrange(holder=alice, uids=uids)


def test_a_thousand_badges_are_written_at_once(alice, django_assert_max_num_queries):
    badge_class = BadgeClassFactory()
    Assertion.objects.bulk_create(
        Assertion(
            badge_class=badge_class,
            holder=alice,
            state="accepted",
            accepted_at=START + timedelta(minutes=n),
            recipient_address=f"{n}@exemple.fr",
            folded_address=f"{n}@exemple.fr",
            revoked_at=START,
            revocation_reason="mistake",
            claim_until=START,
        )
        for n in range(1_000)
    )
    uids = list(Assertion.objects.order_by("accepted_at").values_list("uid", flat=True))

    with django_assert_max_num_queries(12):
        arrange(holder=alice, uids=uids)

    held = Assertion.objects.held_by(alice).order_by(*PROFILE_ORDER)
    assert list(held.values_list("uid", flat=True)) == uids


def test_what_is_taken_off_the_profile_keeps_its_visibility(four):
    show_on_profile(assertions=[four["a"], four["b"]], shown=False)
    show_on_profile(assertions=[four["b"]], shown=True)

    shown = Assertion.objects.on_profile(Visibility.PUBLIC).values_list("badge_class__name", flat=True)
    assert set(shown) == {"b", "c", "d"}
    assert Assertion.objects.shown_to(Visibility.PUBLIC).count() == 4


@pytest.mark.parametrize(
    "fields, public, members",
    [
        ({"public": True}, True, True),
        ({"members": True, "public": False}, False, True),
        ({"accepted": True, "public": False}, False, False),
        ({"public": True, "revoked": True}, False, False),
        ({"public": True, "name_listed": False}, True, True),
        ({"public": True, "on_profile": False}, False, False),
    ],
)
def test_what_a_profile_shows_to_whom(award, fields, public, members):
    award("one", 0, **fields)

    seen = {
        level: Assertion.objects.on_profile(level).exists()
        for level in (Visibility.PUBLIC, Visibility.MEMBERS)
    }
    assert seen == {Visibility.PUBLIC: public, Visibility.MEMBERS: members}
