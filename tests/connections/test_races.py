"""Two people do to each other at once what each may do: nobody waits in a ring (PostgreSQL)."""

import pytest

from badges.services.bulk import Wish, change_many
from badges.services.revoke import revoke
from connections.models import Comment
from connections.services.comment import comment
from connections.services.people import follow
from connections.services.recognise import write
from tests.badges.views.test_races import at_once
from tests.connections.recognition.made import badge_of
from tests.factories import BadgeClassFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12


@pytest.fixture(autouse=True)
def _on_postgresql(on_postgresql):
    if not on_postgresql:
        pytest.skip("SQLite has one writer at a time: nobody waits in a ring")


def done(*acts) -> list[bool]:
    """Whether each act, all at once, ended without an error."""

    def ended(act):
        return lambda: act() is not NotImplemented

    return at_once(*map(ended, acts))


def test_two_people_comment_on_one_badge(alice, bob):
    badge_class = BadgeClassFactory()
    for person in (alice, bob):
        comment(author=person, badge_class=badge_class, text="Bonjour.")

    for number in range(ROUNDS):
        assert done(
            lambda n=number: comment(author=alice, badge_class=badge_class, text=f"Alice {n}"),
            lambda n=number: comment(author=bob, badge_class=badge_class, text=f"Bob {n}"),
        ) == [True, True]
    assert Comment.objects.count() == 2 + 2 * ROUNDS


def test_two_people_recommend_each_other(alice, bob):
    for _round in range(ROUNDS):
        hers, his = badge_of(alice), badge_of(bob)
        assert done(
            lambda badge=his: write(author=alice, assertion=badge, text="Bravo."),
            lambda badge=hers: write(author=bob, assertion=badge, text="Merci."),
        ) == [True, True]


def test_two_people_follow_each_other(alice, bob):
    assert done(
        lambda: follow(follower=alice, followed=bob), lambda: follow(follower=bob, followed=alice)
    ) == [True, True]


def test_a_holder_changes_many_while_an_organiser_revokes(alice):
    for _round in range(ROUNDS):
        badge = badge_of(alice)
        assert done(
            lambda one=badge: revoke(assertion=one, reason="mistake"),
            lambda one=badge: change_many(holder=alice, uids=[one.uid], wish=Wish(add=["congrès"])),
        ) == [True, True]
