"""The buttons between people: who may press them, what they answer, and what they never tell."""

from uuid import uuid4

import pytest

from accounts.models import User
from connections import querysets
from connections.models import Block, PersonFollow
from connections.services import people
from connections.services.block import block
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ACTS = [
    "suivre",
    "ne-plus-suivre",
    "accepter",
    "refuser",
    "lever-le-refus",
    "retirer",
    "bloquer",
    "debloquer",
]


def act(member, name, person, **fields):
    return member.post(f"/connexions/personnes/{person.uid}/{name}/", fields)


def page(member, person):
    return member.get(f"/u/{person.profile.handle}/").content.decode()


@pytest.fixture
def member(bob, signed_in):
    return signed_in(bob)


@pytest.mark.parametrize("name", ACTS)
def test_only_a_post_of_somebody_signed_in_does_it(alice, shows, client, member, name):
    shows(alice, "public")

    assert member.get(f"/connexions/personnes/{alice.uid}/{name}/").status_code == 405
    assert act(client, name, alice).headers["Location"].startswith("/compte/connexion/?next=")
    assert not PersonFollow.objects.exists()
    assert not Block.objects.exists()


def test_a_public_profile_is_followed_and_left_from_its_page(alice, member, shows, client):
    shows(alice, "public")
    html = page(member, alice)
    assert "Cette personne saura votre nom." in html
    assert "Demander à suivre" not in html
    assert "/suivre/" not in page(client, alice)  # a visitor is led to sign in
    assert f"/compte/connexion/?next=%2Fu%2F{alice.profile.handle}%2F" in page(client, alice)

    for _ in range(2):
        answer = act(member, "suivre", alice)
        assert answer.headers["Location"] == f"/u/{alice.profile.handle}/"
    html = page(member, alice)
    assert "Vous suivez Alice Martin." in html
    assert "Vous suivez cette personne" in html

    for _ in range(2):
        answer = act(member, "ne-plus-suivre", alice, next=f"/u/{alice.profile.handle}/")
        assert answer.headers["Location"] == f"/u/{alice.profile.handle}/"
    assert "Vous ne suivez plus cette personne." in page(member, alice)
    assert not PersonFollow.objects.exists()


def test_a_profile_for_members_is_asked_and_a_refusal_changes_nothing_that_is_seen(alice, member, shows, bob):
    shows(alice, "members")

    def seen():
        """The page, then the page again when its message was read; tokens apart."""
        return [[line for line in page(member, alice).splitlines() if "csrf" not in line] for _ in range(2)]

    assert "Demander à suivre" in page(member, alice)
    act(member, "suivre", alice)
    asked, still = waiting = seen()
    assert "Votre demande est envoyée à Alice Martin." in "".join(asked)
    assert "efus" not in "".join(asked)

    people.refuse(followed=alice, follower_uid=bob.uid)

    assert seen() == [still, still]
    act(member, "ne-plus-suivre", alice)
    assert "Demander à suivre" in page(member, alice)
    act(member, "suivre", alice)
    assert seen() == waiting
    assert PersonFollow.objects.get().state == "refused"


@pytest.mark.parametrize("state", ["private", "closed", "unknown", "oneself", "blocked me", "I blocked"])
def test_whom_one_may_not_follow_is_as_unknown(alice, bob, member, shows, state):
    person = alice
    shows(alice, "private" if state == "private" else "public")
    if state == "closed":
        User.objects.filter(pk=alice.pk).update(is_active=False)
    if state == "oneself":
        person = shows(bob, "public")
    if state == "blocked me":
        block(person=alice, blocked=bob)
    if state == "I blocked":
        block(person=bob, blocked=alice)
    uid = uuid4() if state == "unknown" else person.uid

    assert member.post(f"/connexions/personnes/{uid}/suivre/").status_code == 404
    assert not PersonFollow.objects.exists()


def test_one_follows_under_a_name(alice, shows, signed_in):
    nameless = signed_in(UserFactory(name=""))
    answer = act(nameless, "suivre", shows(alice, "public"))

    assert answer.status_code == 422
    assert "Indiquez d’abord votre nom dans votre profil" in answer.content.decode()
    assert 'href="/compte/profil/"' in answer.content.decode()
    assert not PersonFollow.objects.exists()


def test_one_does_not_follow_everybody_at_once(alice, camille, member, shows, monkeypatch):
    monkeypatch.setattr(querysets, "FOLLOWS_PER_HOUR", 1)
    shows(alice, "public")
    assert act(member, "suivre", camille).status_code == 302

    answer = act(member, "suivre", alice)
    assert answer.status_code == 422
    assert "Vous avez suivi beaucoup de personnes depuis une heure." in answer.content.decode()
    assert PersonFollow.objects.count() == 1


def test_a_question_is_accepted_and_its_follower_removed(alice, bob, shows, signed_in):
    people.follow(follower=bob, followed=shows(alice, "members"))
    member = signed_in(alice)

    html = member.get("/connexions/abonnes/").content.decode()
    for name in ("accepter", "refuser"):
        assert f"/connexions/personnes/{bob.uid}/{name}/" in html
    for _ in range(2):
        answer = member.post(f"/connexions/personnes/{bob.uid}/accepter/", follow=True)
        assert "Cette personne vous suit désormais." in answer.content.decode()
    for _ in range(2):
        answer = member.post(f"/connexions/personnes/{bob.uid}/retirer/", follow=True)
        assert "Cette personne ne vous suit plus." in answer.content.decode()
    assert not PersonFollow.objects.exists()


def test_a_question_is_refused_and_the_refusal_lifted(alice, bob, shows, signed_in):
    people.follow(follower=bob, followed=shows(alice, "members"))
    member = signed_in(alice)

    for _ in range(2):
        answer = member.post(f"/connexions/personnes/{bob.uid}/refuser/", follow=True)
        assert "La demande est refusée." in answer.content.decode()
    assert "Bob Leroy" not in member.get("/connexions/abonnes/").content.decode()
    assert "Bob Leroy" in member.get("/connexions/ecartees/").content.decode()

    member.post(f"/connexions/personnes/{bob.uid}/lever-le-refus/")
    assert "Bob Leroy" in member.get("/connexions/abonnes/").content.decode()


@pytest.mark.parametrize("name", ["accepter", "refuser"])
def test_a_question_that_was_taken_back_has_no_answer(alice, bob, shows, signed_in, name):
    people.follow(follower=bob, followed=shows(alice, "members"))
    people.unfollow(follower=bob, followed_uid=alice.uid)

    answer = signed_in(alice).post(f"/connexions/personnes/{bob.uid}/{name}/", follow=True)
    assert "Cette demande a été retirée." in answer.content.decode()
    assert not PersonFollow.objects.exists()


def test_acts_on_one_s_lists_tell_nothing_of_whom_they_name(alice, member):
    for name in ("ne-plus-suivre", "retirer", "lever-le-refus", "debloquer", "accepter", "refuser"):
        known, unknown = (
            member.post(f"/connexions/personnes/{uid}/{name}/", follow=True) for uid in (alice.uid, uuid4())
        )
        assert known.redirect_chain == unknown.redirect_chain
        assert "Alice" not in known.content.decode()


def test_one_blocks_and_unblocks(alice, bob, member, shows):
    shows(alice, "public")
    assert "Bloquer cette personne" in page(member, alice)
    for _ in range(2):
        answer = member.post(f"/connexions/personnes/{alice.uid}/bloquer/", follow=True)
        html = answer.content.decode()
        assert "Cette personne est bloquée." in html
        assert "Alice Martin" in html
    assert "Bloquer cette personne" not in page(member, alice)

    act(member, "debloquer", alice)
    assert not Block.objects.exists()
    assert "Bloquer cette personne" in page(member, alice)


def test_a_blocked_person_is_unblocked_though_their_profile_has_become_private(alice, bob, member):
    block(person=bob, blocked=alice)

    html = member.get("/connexions/ecartees/").content.decode()
    assert f"/connexions/personnes/{alice.uid}/debloquer/" in html
    assert alice.profile.handle not in html


@pytest.mark.parametrize("who", ["oneself", "closed", "unknown"])
def test_who_cannot_be_blocked(alice, bob, member, who):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    uid = {"oneself": bob.uid, "closed": alice.uid, "unknown": uuid4()}[who]

    assert member.post(f"/connexions/personnes/{uid}/bloquer/").status_code == 404
    assert not Block.objects.exists()


def test_answers_lead_nowhere_else(alice, member, shows):
    shows(alice, "public")
    for target in ("https://ailleurs.example/", "//ailleurs.example/"):
        assert act(member, "suivre", alice, next=target).headers["Location"] == f"/u/{alice.profile.handle}/"
        assert act(member, "ne-plus-suivre", alice, next=target).headers["Location"] == "/connexions/"


def test_the_profile_costs_two_more_queries_to_a_member(alice, member, shows, django_assert_num_queries):
    shows(alice, "public")
    # Session, account; profile, what is between the two (two), badges, their number, links, pages, skills; name,
    # counts and bell of the header.
    with django_assert_num_queries(13):
        page(member, alice)
