"""Notifications of connections: their words, to whom, and that they say nothing any more of what is not seen."""

import pytest
from django.utils import timezone

from accounts.models import User
from connections.models import Comment
from connections.services import comment as commenting
from connections.services import people
from connections.services.block import block
from notifications.models import Notification
from notifications.registry import kinds
from tests.factories import BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db


def lines(person, kind):
    mine = list(Notification.objects.of(person).filter(kind=kind))
    told = kinds[kind].tell(person, mine)
    return [(told[one.pk].text, told[one.pk].url) for one in mine if one.pk in told]


def close(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


def test_a_new_follower(alice, bob, shows):
    people.follow(follower=bob, followed=shows(alice, "public"))
    assert lines(alice, "new-follower") == [("Bob Leroy vous suit.", "/connexions/abonnes/")]

    people.unfollow(follower=bob, followed_uid=alice.uid)
    assert lines(alice, "new-follower") == []


@pytest.mark.parametrize("event", ["closed", "blocked", "blocks", "removed"])
def test_a_new_follower_who_is_gone_is_not_told(alice, bob, camille, shows, event):
    for person in (bob, camille):
        people.follow(follower=person, followed=shows(alice, "public"))
    {
        "closed": lambda: close(bob),
        "blocked": lambda: block(person=alice, blocked=bob),
        "blocks": lambda: block(person=bob, blocked=alice),
        "removed": lambda: people.remove(followed=alice, follower_uid=bob.uid),
    }[event]()

    assert lines(alice, "new-follower") == [("Camille Durand vous suit.", "/connexions/abonnes/")]


@pytest.mark.parametrize("answer", [people.accept, people.refuse])
def test_a_question_is_told_until_it_is_answered(alice, bob, shows, answer):
    people.follow(follower=bob, followed=shows(alice, "members"))
    assert lines(alice, "follow-asked") == [("Bob Leroy demande à vous suivre.", "/connexions/abonnes/")]

    answer(followed=alice, follower_uid=bob.uid)
    assert lines(alice, "follow-asked") == []


@pytest.mark.parametrize("event", ["", "private", "closed", "blocks", "removed"])
def test_an_acceptance_is_told_while_the_profile_is_open(alice, bob, shows, event):
    people.follow(follower=bob, followed=shows(alice, "members"))
    people.accept(followed=alice, follower_uid=bob.uid)
    {
        "": lambda: None,
        "private": lambda: shows(alice, "private"),
        "closed": lambda: close(alice),
        "blocks": lambda: block(person=alice, blocked=bob),
        "removed": lambda: people.remove(followed=alice, follower_uid=bob.uid),
    }[event]()

    told = [("Alice Martin a accepté que vous suiviez son profil.", f"/u/{alice.profile.handle}/")]
    assert lines(bob, "follow-accepted") == ([] if event else told)


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti, slug="b", name="Podcast")


def say(author, badge, text="Bravo."):
    return commenting.comment(author=author, badge_class=badge, text=text)


def told_of():
    return sorted(one.person.name for one in Notification.objects.filter(kind="comment"))


def test_organisers_and_earlier_authors_are_told_and_neither_the_author_nor_others(
    alice, bob, camille, olga, badge
):
    say(alice, badge)
    assert told_of() == ["Olga Petit"]
    Notification.objects.all().delete()

    say(bob, BadgeClassFactory())  # another conversation
    say(bob, badge)
    for _ in range(2):  # a double click
        say(bob, badge)
    assert told_of() == ["Alice Martin", "Olga Petit"]
    assert lines(alice, "comment") == [
        ("Bob Leroy a commenté «\u00a0Podcast\u00a0».", "/galerie/badges/b/#commentaires")
    ]


def test_an_organiser_is_not_told_of_their_own(olga, badge):
    say(olga, badge)

    assert told_of() == []


@pytest.mark.parametrize("blocker", ["alice", "bob"])
def test_blocked_people_are_not_told_of_each_other(alice, bob, badge, blocker):
    say(alice, badge)
    Notification.objects.all().delete()
    block(person=alice, blocked=bob) if blocker == "alice" else block(person=bob, blocked=alice)

    say(bob, badge)

    assert told_of() == ["Olga Petit"]


def test_closed_accounts_and_hidden_authors_are_not_told(alice, bob, camille, olga, badge):
    say(alice, badge)
    say(camille, badge)
    Notification.objects.all().delete()
    close(alice)
    Comment.objects.filter(author=camille).update(hidden_at=timezone.now())
    close(olga)

    say(bob, badge)

    assert told_of() == []


@pytest.mark.parametrize("event", ["hidden", "deleted", "closed", "unpublished", "blocked"])
def test_a_comment_that_cannot_be_read_is_not_told(alice, bob, badge, event):
    say(alice, badge)
    written = say(bob, badge, "Merci.")
    assert len(lines(alice, "comment")) == 1
    {
        "hidden": lambda: commenting.hide(comments=Comment.objects.filter(pk=written.pk)),
        "deleted": lambda: commenting.withdraw(comment=written),
        "closed": lambda: close(bob),
        "unpublished": lambda: type(badge).objects.filter(pk=badge.pk).update(published_at=None),
        "blocked": lambda: block(person=alice, blocked=bob),
    }[event]()

    assert lines(alice, "comment") == []


def test_of_a_long_conversation_those_who_spoke_last_are_told(alice, badge, olga, monkeypatch):
    monkeypatch.setattr(commenting, "TOLD", 2)
    for n in range(4):
        Comment.objects.create(badge_class=badge, author=UserFactory(name=f"Personne {n}"), text="x")

    say(alice, badge)

    assert told_of() == ["Olga Petit", "Personne 2", "Personne 3"]


@pytest.mark.parametrize(
    "kind, budget", [("new-follower", 1), ("follow-asked", 1), ("follow-accepted", 1), ("comment", 1)]
)
def test_telling_costs_the_same_with_one_and_many(
    alice, badge, shows, kind, budget, django_assert_num_queries
):
    shows(alice, "members" if kind == "follow-asked" else "public")
    say(alice, badge)
    for number in (1, 9):
        for n in range(number):
            other = shows(UserFactory(name=f"Personne {number} {n}"), "members")
            if kind == "comment":
                say(other, badge, f"{n}")
            elif kind == "follow-accepted":
                people.follow(follower=alice, followed=other)
                people.accept(followed=other, follower_uid=alice.uid)
            else:
                people.follow(follower=other, followed=alice)
        mine = list(Notification.objects.of(alice).filter(kind=kind))
        with django_assert_num_queries(budget):
            assert len(kinds[kind].tell(alice, mine)) == len(mine) >= number
