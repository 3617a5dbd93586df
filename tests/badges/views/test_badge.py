"""A badge of the person who is signed in: its page, and the answer to a waiting one."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from badges.enums import AssertionState, Visibility
from badges.models import Assertion
from badges.services.revoke import revoke
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(alice, amcsti):
    return AssertionFactory(
        badge_class=BadgeClassFactory(
            issuer=amcsti, name="Je participe au congrès", description="Le congrès.", tags=["réseau"]
        ),
        recipient_address=alice.email,
        recipient_name="Alice Martin",
    )


@pytest.fixture
def held(alice, amcsti):
    return AssertionFactory(
        badge_class=BadgeClassFactory(issuer=amcsti, name="Podcast", criteria="Avoir **parlé**."),
        public=True,
        holder=alice,
        recipient_name="Alice Martin",
    )


def row(assertion):
    return Assertion.objects.values_list("state", "holder", "visibility").get(pk=assertion.pk)


def test_a_waiting_badge_can_be_accepted_or_refused(alice, signed_in, waiting, read_only):
    browser = signed_in(alice)
    with read_only():
        html = browser.get(f"/badges/{waiting.uid}/").content.decode()

    assert "badge en attente" in html
    assert "Accepter ce badge" in html
    assert "Refuser le badge" in html
    assert f'action="/badges/{waiting.uid}/accepter/"' in html


def test_a_held_badge_says_what_it_is(alice, signed_in, held, read_only):
    browser = signed_in(alice)
    with read_only():
        html = browser.get(f"/badges/{held.uid}/").content.decode()

    assert "Délivré par" in html
    assert "<strong>parlé</strong>" in html
    assert held.printed_code in html
    assert "TOUS LES BÉNÉFICIAIRES (1)" in html
    assert f'href="/badges/{held.uid}/partager/"' in html
    assert f'href="/badges/{held.uid}/visibilite/"' in html


def test_a_withdrawn_badge_stays_with_its_holder_marked(alice, signed_in, held):
    revoke(assertion=held, reason="criteria")

    html = signed_in(alice).get(f"/badges/{held.uid}/").content.decode()

    assert "Amcsti a retiré ce badge" in html
    assert "critères non remplis" in html
    assert f'href="/badges/{held.uid}/visibilite/"' not in html


@pytest.mark.parametrize("act", ["", "accepter/", "refuser/", "annuler/", "visibilite/"])
def test_what_is_not_ones_own_is_not_found(bob, signed_in, waiting, held, act):
    """Held or waiting for somebody else, or invented: one answer, and nothing changes."""
    browser = signed_in(bob)
    before = [row(waiting), row(held)]
    answers = []
    for uid in (waiting.uid, held.uid, uuid.uuid4()):
        address = f"/badges/{uid}/{act}"
        response = browser.get(address) if act in {"", "visibilite/"} else browser.post(address)
        answers.append((response.status_code, b"Podcast" in response.content, b"Alice" in response.content))

    assert answers == [(404, False, False)] * 3
    assert browser.post(f"/badges/{held.uid}/visibilite/", {"visibility": "private"}).status_code == 404
    assert [row(waiting), row(held)] == before


def test_charlie_is_asked_to_sign_in(client, waiting):
    for act in ("", "accepter/", "visibilite/"):
        address = f"/badges/{waiting.uid}/{act}"
        assert client.get(address).headers["Location"].startswith(f"{reverse('account_login')}?next=/badges/")
    assert client.post(f"/badges/{waiting.uid}/accepter/").status_code == 302
    assert row(waiting) == ("pending", None, "private")


def test_accepting_puts_it_in_the_passport_private(alice, signed_in, waiting):
    response = signed_in(alice).post(f"/badges/{waiting.uid}/accepter/")

    assert (response.status_code, response.headers["Location"]) == (303, f"/badges/{waiting.uid}/visibilite/")
    assert row(waiting) == (AssertionState.ACCEPTED, alice.pk, Visibility.PRIVATE)


def test_accepting_twice_goes_on(alice, signed_in, waiting):
    first, second = signed_in(alice), signed_in(alice)
    first.post(f"/badges/{waiting.uid}/accepter/")

    response = second.post(f"/badges/{waiting.uid}/accepter/")

    assert response.headers["Location"] == f"/badges/{waiting.uid}/visibilite/"
    assert row(waiting) == (AssertionState.ACCEPTED, alice.pk, Visibility.PRIVATE)


def test_accepting_a_second_badge_of_the_same_kind_is_refused_in_words(alice, signed_in, held):
    second = AssertionFactory(badge_class=held.badge_class, recipient_address=alice.email)

    response = signed_in(alice).post(f"/badges/{second.uid}/accepter/", follow=True)

    assert response.redirect_chain == [("/badges/", 303)]
    assert "Vous détenez déjà ce badge" in response.content.decode()
    assert row(second) == ("pending", None, "private")


def test_declining_can_be_undone(alice, signed_in, waiting):
    browser = signed_in(alice)
    page = browser.post(f"/badges/{waiting.uid}/refuser/", follow=True).content.decode()
    assert row(waiting) == ("declined", None, "private")
    assert "Badges refusés" in page
    assert "Badge refusé" in browser.get(f"/badges/{waiting.uid}/").content.decode()

    browser.post(f"/badges/{waiting.uid}/refuser/")
    response = browser.post(f"/badges/{waiting.uid}/annuler/")
    again = browser.post(f"/badges/{waiting.uid}/annuler/")

    assert response.headers["Location"] == again.headers["Location"] == f"/badges/{waiting.uid}/"
    assert row(waiting) == ("pending", None, "private")


def test_accepting_what_was_declined_says_to_undo_first(alice, signed_in, waiting):
    browser = signed_in(alice)
    browser.post(f"/badges/{waiting.uid}/refuser/")

    html = browser.post(f"/badges/{waiting.uid}/accepter/", follow=True).content.decode()

    assert "Annulez d’abord le refus" in html
    assert row(waiting) == ("declined", None, "private")


def test_declining_what_was_accepted_says_so(alice, signed_in, held):
    html = signed_in(alice).post(f"/badges/{held.uid}/refuser/", follow=True).content.decode()

    assert "Ce badge a déjà été accepté" in html
    assert row(held) == ("accepted", alice.pk, "public")


def test_answers_are_posted_with_a_token(alice, signed_in, waiting):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    for act in ("accepter", "refuser", "annuler"):
        assert signed_in(alice).get(f"/badges/{waiting.uid}/{act}/").status_code == 405
        assert strict.post(f"/badges/{waiting.uid}/{act}/").status_code == 403
    assert row(waiting) == ("pending", None, "private")


def test_markup_in_names_is_text(alice, signed_in, amcsti):
    badge_class = BadgeClassFactory(
        issuer=amcsti, name="<script>alert(1)</script>", description="<img src=x>"
    )
    assertion = AssertionFactory(
        badge_class=badge_class, accepted=True, holder=alice, recipient_name="<b>Alice</b>"
    )

    html = signed_in(alice).get(f"/badges/{assertion.uid}/").content.decode()

    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<b>Alice" not in html
