"""What of a person is still seen through a follow, a block, a comment: by whom, and when no longer."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from connections.models import Comment, PersonFollow
from connections.querysets import profiles_listed_to, profiles_open_to, profiles_to_suggest
from connections.services import people
from connections.services.block import block
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db


def follow(follower, followed):
    people.follow(follower=follower, followed=followed)
    people.accept(followed=followed, follower_uid=follower.uid)


def profile(browser, person):
    return browser.get(f"/u/{person.profile.handle}/")


@pytest.mark.parametrize("visibility, seen", [("public", True), ("members", True), ("private", False)])
def test_a_follow_shows_nothing_of_who_has_become_private(alice, bob, shows, signed_in, visibility, seen):
    follow(bob, shows(alice, "public"))
    shows(alice, visibility)

    assert PersonFollow.objects.of(bob).visible_to(bob).exists() is seen
    html = signed_in(bob).get("/connexions/").content.decode()
    assert ("Alice Martin" in html) is seen
    assert f'Personnes <span class="soft">{int(seen)}</span>' in html
    assert PersonFollow.objects.of(bob).count() == 1  # the row stays, for the day when the profile comes back


def test_a_follow_shows_nothing_of_a_closed_account_on_either_side(alice, bob, shows, signed_in):
    follow(bob, shows(alice, "public"))
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert "Alice Martin" not in signed_in(bob).get("/connexions/").content.decode()

    User.objects.update(is_active=True)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    html = signed_in(alice).get("/connexions/abonnes/").content.decode()
    assert "Bob Leroy" not in html
    assert 'Abonnés <span class="soft">0</span>' in html


def test_lists_are_their_owner_s_alone(alice, bob, camille, shows, client, signed_in):
    follow(bob, shows(alice, "public"))

    for browser in (client, signed_in(camille)):
        html = profile(browser, alice).content.decode()
        assert "Alice Martin" in html
        assert "Bob Leroy" not in html
        assert "Abonnés" not in html
    html = signed_in(camille).get("/connexions/").content.decode()
    assert "Alice Martin" not in html
    for path in ("", "badges/", "emetteurs/", "abonnes/", "suggestions/", "ecartees/"):
        answer = client.get(f"/connexions/{path}")
        assert answer.headers["Location"] == f"/compte/connexion/?next=/connexions/{path}"


def test_whom_one_has_blocked_has_one_s_profile_as_a_visitor_without_account(
    alice, bob, camille, shows, client, signed_in
):
    badges = {
        kind: AssertionFactory(
            **{kind: True}, holder=alice, badge_class=BadgeClassFactory(name=f"Badge {kind}")
        )
        for kind in ("public", "members")
    }
    block(person=alice, blocked=bob)

    shows(alice, "public")
    anonymous, blocked, member = (
        profile(browser, alice).content.decode() for browser in (client, signed_in(bob), signed_in(camille))
    )
    assert badges
    assert ["Badge public" in html for html in (anonymous, blocked, member)] == [True, True, True]
    assert ["Badge members" in html for html in (anonymous, blocked, member)] == [False, False, True]
    assert "bloqué" not in blocked
    assert "/suivre/" not in blocked
    assert "/suivre/" in member

    shows(alice, "members")
    assert [profile(b, alice).status_code for b in (client, signed_in(bob), signed_in(camille))] == [
        404,
        404,
        200,
    ]
    assert profile(signed_in(alice), alice).status_code == 200


def test_galleries_neither_name_nor_link_a_profile_for_members_to_whom_its_owner_has_blocked(
    alice, bob, camille, shows, signed_in
):
    badge_class = BadgeClassFactory(slug="b")
    AssertionFactory(public=True, holder=alice, recipient_name="Alice Martin", badge_class=badge_class)
    shows(alice, "members")
    link = f'href="/u/{alice.profile.handle}/"'
    block(person=alice, blocked=bob)

    for person, seen in ((camille, True), (bob, False)):
        browser = signed_in(person)
        assert (link in browser.get("/galerie/profils/").content.decode()) is seen
        html = browser.get("/galerie/badges/b/").content.decode()
        assert "Alice Martin" in html  # the name follows the badge
        assert (link in html) is seen
    shows(alice, "public")
    assert link in signed_in(bob).get("/galerie/badges/b/").content.decode()


def test_the_one_who_blocks_still_opens_the_other_s_profile_to_change_their_mind(
    alice, bob, shows, signed_in
):
    block(person=alice, blocked=shows(bob, "public"))

    html = profile(signed_in(alice), bob).content.decode()
    assert "Vous avez bloqué cette personne" in html
    assert f"/connexions/personnes/{bob.uid}/debloquer/" in html
    assert "/suivre/" not in html


@pytest.mark.parametrize("blocker", ["alice", "bob"])
def test_comments_are_hidden_from_each_other_and_from_nobody_else(
    alice, bob, camille, client, signed_in, blocker
):
    badge_class = BadgeClassFactory(slug="b")
    for person in (alice, bob):
        Comment.objects.create(badge_class=badge_class, author=person, text=f"Mot de {person.name}")
    block(person=alice, blocked=bob) if blocker == "alice" else block(person=bob, blocked=alice)

    def read(browser):
        html = browser.get("/galerie/badges/b/").content.decode()
        counted = next(n for n in range(4) if f"Commentaires ({n})" in html)
        return "Mot de Alice" in html, "Mot de Bob" in html, counted

    assert read(signed_in(alice)) == (True, False, 1)
    assert read(signed_in(bob)) == (False, True, 1)
    assert read(signed_in(camille)) == (True, True, 2)
    assert read(client) == (True, True, 2)


def test_profiles_that_are_open_and_listed(alice, bob, camille, shows):
    shows(alice, "members")
    shows(bob, "private")
    nobody = AnonymousUser()

    def names(profiles):
        return sorted(profile.first_name for profile in profiles)

    assert names(profiles_open_to(nobody)) == names(profiles_listed_to(nobody)) == ["Camille"]
    assert names(profiles_open_to(bob)) == ["Alice", "Bob", "Camille"]
    assert names(profiles_listed_to(bob)) == ["Alice", "Camille"]
    assert names(profiles_to_suggest(bob)) == ["Alice", "Camille"]
    assert names(profiles_to_suggest(bob, "marTIN")) == ["Alice"]
    assert names(profiles_to_suggest(bob, "%")) == []
    block(person=alice, blocked=bob)
    assert names(profiles_open_to(bob)) == ["Bob", "Camille"]
    assert names(profiles_listed_to(bob)) == names(profiles_to_suggest(bob)) == ["Camille"]
    assert names(profiles_to_suggest(alice)) == ["Camille"]
