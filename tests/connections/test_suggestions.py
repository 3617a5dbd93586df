"""Suggestions come from badges in common that others show, and from nothing else."""

import pytest

from accounts.models import User
from connections import suggestions as module
from connections.services import people
from connections.services.block import block
from connections.suggestions import suggestions
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(alice):
    """Three badges that Alice holds: privately, which is hers to know."""
    found = [BadgeClassFactory() for _ in range(3)]
    for badge_class in found:
        AssertionFactory(accepted=True, holder=alice, badge_class=badge_class, recipient_name="Alice Martin")
    return found


@pytest.fixture
def give(shows):
    """A badge given to a person, whose profile is for members unless it is said otherwise."""

    def award(person, badge_class, visibility="members", profile="members", **fields):
        shows(person, profile)
        kind = {"private": "accepted"}.get(visibility, visibility)
        return AssertionFactory(
            badge_class=badge_class, holder=person, **{"recipient_name": person.name, kind: True, **fields}
        )

    return award


def found(user, name=""):
    return [(one.profile.name, one.common) for one in suggestions(user, name)]


def test_who_has_most_badges_in_common_comes_first(alice, bob, camille, shared, give):
    give(bob, shared[0])
    for badge_class in shared[:2]:
        give(camille, badge_class, "public", "public")
    give(bob, BadgeClassFactory())  # not in common

    assert found(alice) == [("Camille Durand", 2), ("Bob Leroy", 1)]


@pytest.mark.parametrize(
    "award, profile",
    [
        ({"visibility": "private"}, "public"),
        ({"name_listed": False}, "public"),
        ({"recipient_name": ""}, "public"),
        ({"revoked": True, "visibility": "public"}, "public"),
        ({"visibility": "public"}, "private"),
    ],
    ids=["private badge", "name not listed", "no name in the list", "revoked badge", "private profile"],
)
def test_what_is_not_shown_suggests_nobody(alice, bob, camille, shared, give, award, profile):
    give(camille, shared[0])
    give(bob, shared[0], **award)
    give(bob, shared[1], **award, profile=profile)

    assert found(alice) == [("Camille Durand", 1)]


def test_a_private_badge_is_not_counted_beside_one_that_is_shown(alice, bob, shared, give):
    give(bob, shared[0])
    give(bob, shared[1], "private")

    assert found(alice) == [("Bob Leroy", 1)]


def test_a_badge_of_one_s_own_that_was_revoked_is_not_in_common(alice, bob, give):
    badge_class = BadgeClassFactory()
    AssertionFactory(accepted=True, revoked=True, holder=alice, badge_class=badge_class)
    give(bob, badge_class)

    assert found(alice) == []


def test_neither_oneself_nor_a_waiting_badge_nor_a_closed_account(alice, bob, camille, shared, give):
    give(camille, shared[0])
    give(bob, shared[0])
    User.objects.filter(pk=bob.pk).update(is_active=False)
    AssertionFactory(badge_class=shared[1], recipient_address="bob@exemple.fr")

    assert found(alice) == [("Camille Durand", 1)]


@pytest.mark.parametrize(
    "between", ["asked", "followed", "refused me", "I refused", "blocked me", "I blocked", "taken back"]
)
def test_not_those_with_whom_something_is_settled_already(alice, bob, camille, shared, give, shows, between):
    shows(alice, "members")
    give(camille, shared[0])
    give(bob, shared[0], profile="public" if between == "followed" else "members")
    assert len(found(alice)) == 2
    if between in {"asked", "followed", "refused me", "taken back"}:
        people.follow(follower=alice, followed=bob)
    if between in {"refused me", "taken back"}:
        people.refuse(followed=bob, follower_uid=alice.uid)
    if between == "taken back":
        people.unfollow(follower=alice, followed_uid=bob.uid)
    if between == "I refused":
        people.follow(follower=bob, followed=alice)
        people.refuse(followed=alice, follower_uid=bob.uid)
    if between == "blocked me":
        block(person=bob, blocked=alice)
    if between == "I blocked":
        block(person=alice, blocked=bob)

    assert found(alice) == [("Camille Durand", 1)]


def test_a_name_is_searched_among_all_of_them(alice, bob, camille, shared, give, monkeypatch):
    monkeypatch.setattr(module, "SHOWN", 1)
    for badge_class in shared:
        give(camille, badge_class)
    give(bob, shared[0])

    assert found(alice) == [("Camille Durand", 3)]
    assert found(alice, "leroy") == [("Bob Leroy", 1)]


def test_it_costs_the_same_with_one_and_many(alice, shared, give, django_assert_num_queries):
    for number in (1, 20):
        for n in range(number):
            give(UserFactory(name=f"Personne {number} {n}"), shared[n % 3])
        # The badges in common, who has them, their profiles.
        with django_assert_num_queries(3):
            assert suggestions(alice)


def test_a_badge_that_very_many_have_is_looked_at_within_bounds(alice, shared, give, monkeypatch):
    monkeypatch.setattr(module, "HOLDERS", 2)
    for n in range(5):
        give(UserFactory(name=f"Personne {n}"), shared[0])

    assert len(found(alice)) == 2
