"""Who may follow whom, from the question to its end."""

import pytest

from connections.models import Block, PersonFollow
from connections.services import people
from connections.services.block import block, unblock
from notifications.models import Notification

pytestmark = pytest.mark.django_db


def rows():
    found = PersonFollow.objects.order_by("pk")
    return [(row.follower.name, row.followed.name, row.state, row.is_wanted) for row in found]


def told():
    return [(one.kind, one.person.name, one.actor.name) for one in Notification.objects.order_by("pk")]


@pytest.fixture
def members_only(alice, shows):
    return shows(alice, "members")


def test_a_public_profile_is_followed_at_once_and_its_owner_told_once(alice, bob, shows):
    shows(alice, "public")

    for _ in range(2):
        people.follow(follower=bob, followed=alice)

    assert rows() == [("Bob Leroy", "Alice Martin", "accepted", True)]
    assert told() == [("new-follower", "Alice Martin", "Bob Leroy")]


def test_a_profile_for_members_is_asked_and_nothing_follows_before_the_answer(members_only, alice, bob):
    for _ in range(2):
        people.follow(follower=bob, followed=alice)

    assert rows() == [("Bob Leroy", "Alice Martin", "asked", True)]
    assert told() == [("follow-asked", "Alice Martin", "Bob Leroy")]
    assert not PersonFollow.objects.of(bob).exists()


def test_accepting_twice_is_accepting_once_and_is_told_to_who_asked(members_only, alice, bob):
    people.follow(follower=bob, followed=alice)

    assert [people.accept(followed=alice, follower_uid=bob.uid) for _ in range(2)] == [True, True]

    assert rows() == [("Bob Leroy", "Alice Martin", "accepted", True)]
    assert told()[1:] == [("follow-accepted", "Bob Leroy", "Alice Martin")]
    assert PersonFollow.objects.of(bob).get().answered_at is not None


def test_a_refusal_is_told_to_nobody_and_looks_like_a_question_that_waits(members_only, alice, bob):
    people.follow(follower=bob, followed=alice)
    before = [row.followed_id for row in PersonFollow.objects.asked_by(bob)]

    assert [people.refuse(followed=alice, follower_uid=bob.uid) for _ in range(2)] == [True, True]

    assert [row.followed_id for row in PersonFollow.objects.asked_by(bob)] == before == [alice.pk]
    assert told() == [("follow-asked", "Alice Martin", "Bob Leroy")]
    assert not PersonFollow.objects.waiting_for(alice).exists()
    assert people.accept(followed=alice, follower_uid=bob.uid) is False


@pytest.mark.parametrize("later", ["members", "public"])
def test_a_refused_question_that_is_taken_back_and_put_again_reaches_nobody(
    members_only, alice, bob, shows, later
):
    people.follow(follower=bob, followed=alice)
    people.refuse(followed=alice, follower_uid=bob.uid)

    people.unfollow(follower=bob, followed_uid=alice.uid)
    assert rows() == [("Bob Leroy", "Alice Martin", "refused", False)]
    assert not PersonFollow.objects.asked_by(bob).exists()

    shows(alice, later)
    people.follow(follower=bob, followed=alice)
    assert rows() == [("Bob Leroy", "Alice Martin", "refused", True)]
    assert not PersonFollow.objects.waiting_for(alice).exists()
    assert told() == [("follow-asked", "Alice Martin", "Bob Leroy")]


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_refusal_that_is_lifted_lets_the_question_wait_or_be_put_again(
    members_only, alice, bob, taken_back
):
    people.follow(follower=bob, followed=alice)
    people.refuse(followed=alice, follower_uid=bob.uid)
    if taken_back:
        people.unfollow(follower=bob, followed_uid=alice.uid)

    for _ in range(2):
        people.reconsider(followed=alice, follower_uid=bob.uid)

    assert rows() == ([] if taken_back else [("Bob Leroy", "Alice Martin", "asked", True)])


def test_a_question_taken_back_cannot_be_answered(members_only, alice, bob):
    people.follow(follower=bob, followed=alice)
    people.unfollow(follower=bob, followed_uid=alice.uid)

    assert rows() == []
    assert people.accept(followed=alice, follower_uid=bob.uid) is False
    assert people.refuse(followed=alice, follower_uid=bob.uid) is False
    assert rows() == []


def test_an_accepted_follower_is_not_refused_afterwards_but_removed(members_only, alice, bob, camille):
    for person in (bob, camille):
        people.follow(follower=person, followed=alice)
        people.accept(followed=alice, follower_uid=person.uid)

    assert people.refuse(followed=alice, follower_uid=bob.uid) is False
    for _ in range(2):
        people.remove(followed=alice, follower_uid=bob.uid)

    assert rows() == [("Camille Durand", "Alice Martin", "accepted", True)]


def test_a_waiting_question_becomes_a_follow_when_it_is_put_again_to_a_public_profile(
    members_only, alice, bob, shows
):
    people.follow(follower=bob, followed=alice)
    shows(alice, "public")

    people.follow(follower=bob, followed=alice)

    assert rows() == [("Bob Leroy", "Alice Martin", "accepted", True)]


def test_nobody_answers_for_another(members_only, alice, bob, camille):
    people.follow(follower=bob, followed=alice)

    assert people.accept(followed=camille, follower_uid=bob.uid) is False
    assert people.accept(followed=bob, follower_uid=alice.uid) is False
    people.remove(followed=camille, follower_uid=bob.uid)
    people.unfollow(follower=camille, followed_uid=alice.uid)

    assert rows() == [("Bob Leroy", "Alice Martin", "asked", True)]


@pytest.mark.parametrize("blocker", ["alice", "bob"])
def test_a_block_deletes_follows_both_ways_and_forbids_new_ones(alice, bob, camille, shows, blocker, request):
    for person in (alice, bob):
        shows(person, "public")
    people.follow(follower=bob, followed=alice)
    people.follow(follower=alice, followed=bob)
    people.follow(follower=camille, followed=alice)
    person, other = (alice, bob) if blocker == "alice" else (bob, alice)

    for _ in range(2):
        block(person=person, blocked=other)

    assert rows() == [("Camille Durand", "Alice Martin", "accepted", True)]
    assert Block.objects.count() == 1
    assert people.follow(follower=bob, followed=alice) is None
    assert people.follow(follower=alice, followed=bob) is None
    assert len(rows()) == 1

    unblock(person=other, blocked_uid=person.uid)  # not theirs to lift
    assert Block.objects.count() == 1
    unblock(person=person, blocked_uid=other.uid)
    assert people.follow(follower=bob, followed=alice) is not None


def test_a_block_lifted_does_not_bring_a_refused_question_back(members_only, alice, bob):
    people.follow(follower=bob, followed=alice)
    people.refuse(followed=alice, follower_uid=bob.uid)
    block(person=alice, blocked=bob)
    unblock(person=alice, blocked_uid=bob.uid)

    people.follow(follower=bob, followed=alice)

    assert rows() == [("Bob Leroy", "Alice Martin", "refused", True)]
