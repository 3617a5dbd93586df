"""ACCUEIL, signed out and signed in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.services import consent
from connections.models import BadgeFollow, IssuerFollow
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_visitor_reads_what_this_is(client, read_only, db):
    BadgeClassFactory(name="Podcast de science")
    BadgeClassFactory(name="Brouillon", published_at=timezone.now() + timedelta(days=1))
    with read_only():
        html = client.get("/").content.decode()

    assert "Vous avez reçu un badge" in html
    assert 'href="/obtenir/retrouver/"' in html
    assert "Podcast de science" in html
    assert "Brouillon" not in html


def test_counts_on_the_welcome_page_are_those_of_everybody(client):
    badge_class = BadgeClassFactory()
    AssertionFactory(badge_class=badge_class, members=True)

    assert "0 bénéficiaire" in client.get("/").content.decode()


def test_a_member_goes_to_their_first_page(alice, signed_in):
    assert signed_in(alice).get("/").headers["Location"] == "/accueil/"


def test_waiting_badges_come_first_each_with_its_button(alice, signed_in, read_only):
    waiting = AssertionFactory(badge_class__name="Congrès", recipient_address=alice.email)
    AssertionFactory(
        badge_class__name="À Bob",
        badge_class__published_at=timezone.now() + timedelta(days=1),
        recipient_address="bob@exemple.fr",
    )
    AssertionFactory(public=True, holder=alice)
    browser = signed_in(alice)
    with read_only():
        html = browser.get("/accueil/").content.decode()

    assert "Bonjour Alice" in html
    assert "Un badge attend votre réponse." in html
    assert f'action="/badges/{waiting.uid}/accepter/"' in html
    assert f'<a href="/badges/{waiting.uid}/">badge en attente</a>' in html
    assert "1, dont 1 public" in html
    assert "À Bob" not in html


def test_without_a_name_the_greeting_shows_no_address(signed_in):
    html = signed_in(UserFactory(name="", email="secret@exemple.fr")).get("/accueil/").content.decode()

    assert "<h1>Bonjour</h1>" in html
    assert "secret@" not in html


def test_charlie_is_asked_to_sign_in(client, db):
    assert client.get("/accueil/").headers["Location"] == f"{reverse('account_login')}?next=/accueil/"


def test_the_number_of_queries_does_not_grow(alice, signed_in, client, statement, django_assert_num_queries):
    consent.give(user=alice, document=statement)
    browser = signed_in(alice)

    def grow(number):
        AssertionFactory.create_batch(number, recipient_address=alice.email)
        AssertionFactory.create_batch(number, public=True, holder=alice)
        for _n in range(number):
            followed = BadgeClassFactory()
            BadgeFollow.objects.create(user=alice, badge_class=followed)
            IssuerFollow.objects.create(user=alice, issuer=followed.issuer)
            AssertionFactory.create_batch(3, badge_class=followed, public=True)

    for number in (1, 25):
        grow(number)
        with django_assert_num_queries(14):
            assert "ont reçu" in browser.get("/accueil/").content.decode()
        with django_assert_num_queries(1):
            client.get("/")
