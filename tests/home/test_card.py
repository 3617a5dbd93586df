"""« Votre passeport » says what the tabs say."""

import re

import pytest
from django.utils import timezone

from accounts.models import User
from connections.models import PersonFollow
from connections.services import people
from connections.services.block import block
from home.card import card
from pages.models import Page
from tests.factories import AssertionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(alice, bob, camille_of_cards):
    """Of each kind some that count and some that do not."""
    alice.profile.visibility = "public"
    alice.profile.save()
    for kind in ("accepted", "members", "public"):
        AssertionFactory(holder=alice, **{kind: True})
    AssertionFactory(holder=alice, public=True, revoked=True)
    AssertionFactory(recipient_address=alice.email)
    AssertionFactory(holder=bob, public=True)
    for owner, title in ((alice, "Une"), (alice, "Deux"), (bob, "De Bob")):
        Page.objects.create(owner=owner, title=title)
    for follower in (bob, camille_of_cards):
        people.follow(follower=follower, followed=alice)
    closed, blocked, waiting = (UserFactory(name=name) for name in ("Fermé", "Bloqué", "En attente"))
    for follower in (closed, blocked):
        people.follow(follower=follower, followed=alice)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    block(person=alice, blocked=blocked)
    PersonFollow.objects.create(follower=waiting, followed=alice)
    return alice


@pytest.fixture
def camille_of_cards(db):
    return UserFactory(name="Camille Durand")


def test_the_numbers_are_those_of_what_counts(crowd):
    found = card(crowd)

    assert (found.badges["all"], found.badges["public"], found.pages, found.followers) == (4, 1, 2, 2)


def test_what_is_put_away_is_not_counted(alice):
    AssertionFactory(holder=alice, public=True)
    AssertionFactory(holder=alice, public=True, archived_at=timezone.now())

    assert card(alice).badges["all"] == card(alice).badges["public"] == 1


def test_each_number_is_that_of_its_tab(crowd, signed_in):
    browser = signed_in(crowd)
    html = browser.get("/accueil/").content.decode()

    def number(label):
        return re.search(rf"<dt>{label}</dt><dd>([^<]*)</dd>", html)[1]

    badges = browser.get("/badges/").content.decode()
    every, public = (
        re.search(rf'{label} <span class="pill__n">(\d+)</span>', badges)[1]
        for label in ("Tous", "</svg>Public")
    )
    assert number("Badges") == f"{every}, dont {public} public"
    pages = browser.get("/pages/").content.decode()
    assert number("Pages") == str(pages.count('class="sheet pagecard"'))
    followers = browser.get("/connexions/").content.decode()
    counted = re.search(r'Abonnés\s*<span class="soft">(\d+)</span>', followers)[1]
    assert number("Abonnés") == counted == "2"


@pytest.mark.parametrize(
    "visibility, label",
    [("public", "Voir mon profil public"), ("members", "Voir mon profil<"), ("private", "Voir mon profil<")],
)
def test_the_button_says_what_it_opens(alice, signed_in, visibility, label):
    alice.profile.visibility = visibility
    alice.profile.save()
    browser = signed_in(alice)

    assert label in browser.get("/accueil/").content.decode()
    assert browser.get(f"/u/{alice.profile.handle}/").status_code == 200


def test_it_costs_two_queries(crowd, django_assert_num_queries):
    person = User.objects.select_related("profile").get(pk=crowd.pk)
    with django_assert_num_queries(2):
        card(person)
