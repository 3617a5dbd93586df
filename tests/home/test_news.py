"""« Quoi de neuf » on the first page: what it says, how it is paged, and what stands there when there is nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from connections import feed
from connections.models import BadgeFollow, IssuerFollow
from home.templatetags.home import _sentence
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def congress(alice):
    badge_class = BadgeClassFactory(
        name="Congrès", slug="congres", published_at=timezone.now() - timedelta(days=400)
    )
    BadgeFollow.objects.create(user=alice, badge_class=badge_class)
    return badge_class


def give(person, badge_class, **fields):
    return AssertionFactory(
        badge_class=badge_class, holder=person, recipient_name=person.name, members=True, **fields
    )


def home(browser, query=""):
    return " ".join(browser.get(f"/accueil/{query}").content.decode().split())


def test_one_person_is_named_and_leads_to_an_open_profile(alice, bob, congress, signed_in, read_only):
    give(bob, congress)
    browser = signed_in(alice)
    with read_only():
        html = home(browser)
    assert '<strong>Bob Leroy</strong> a reçu <a href="/galerie/badges/congres/">Congrès</a>' in html
    assert "Aujourd’hui</time>" in html

    bob.profile.visibility = "members"
    bob.profile.save()
    assert f'<a href="/u/{bob.profile.handle}/">Bob Leroy</a> a reçu' in home(browser)


def test_two_are_named_and_the_others_counted(alice, bob, congress, signed_in):
    give(bob, congress)
    give(UserFactory(name="Camille Durand"), congress)
    browser = signed_in(alice)
    assert "</strong> et <strong>" in home(browser)

    give(UserFactory(name="Dan"), congress)
    assert "</strong> et 1 autre ont reçu" in home(browser)
    give(UserFactory(name="Eve"), congress)
    assert "</strong> et 2 autres ont reçu" in home(browser)


@pytest.mark.parametrize(
    "named, others, words",
    [
        (0, 1, "{number} personne a reçu {badge}"),
        (0, 3, "{number} personnes ont reçu {badge}"),
        (1, 1, "{one} et {number} autre ont reçu {badge}"),
        (1, 3, "{one} et {number} autres ont reçu {badge}"),
    ],
)
def test_who_hid_their_badge_meanwhile_is_a_number(named, others, words):
    assert _sentence(named, others) == words


def test_a_name_is_text(alice, congress, signed_in):
    give(UserFactory(name="<b>Gras</b> {badge}"), congress)

    html = home(signed_in(alice))
    assert "&lt;b&gt;Gras&lt;/b&gt; {badge}" in html


def test_a_followed_issuer_has_published(alice, amcsti, signed_in):
    IssuerFollow.objects.create(user=alice, issuer=amcsti)
    BadgeClassFactory(issuer=amcsti, name="Nouveau", slug="nouveau")

    html = home(signed_in(alice))
    assert (
        '<strong>Amcsti</strong> a publié un nouveau badge : <a href="/galerie/badges/nouveau/">Nouveau</a>'
        in html
    )
    assert "Hier</time>" in html


def test_what_is_older_is_on_the_next_page(alice, bob, congress, amcsti, signed_in, monkeypatch):
    monkeypatch.setattr(feed, "LINES", 1)
    IssuerFollow.objects.create(user=alice, issuer=amcsti)
    BadgeClassFactory(issuer=amcsti, name="Nouveau")
    give(bob, congress)
    browser = signed_in(alice)

    first = home(browser)
    assert "a reçu" in first
    assert "a publié" not in first
    assert "Revenir aux plus récentes" not in first
    after = feed.feed(alice).older
    assert f'href="?apres={after}#news" rel="next">Plus anciennes</a>' in first

    second = home(browser, f"?apres={after}")
    assert "a publié" in second
    assert "a reçu" not in second
    assert "Plus anciennes" not in second
    assert 'href="/accueil/#news" rel="prev">Revenir aux plus récentes</a>' in second
    last = home(browser, "?apres=2019-07-05_0_1")
    assert "Il n’y a rien de plus ancien." in last
    assert "Revenir aux plus récentes" in last


@pytest.mark.parametrize("query", ["?apres=hier", "?apres=%00", f"?apres={'9' * 5000}"])
def test_an_address_that_makes_no_sense_is_the_first_page(alice, bob, congress, signed_in, query):
    give(bob, congress)

    assert "Bob Leroy" in home(signed_in(alice), query)


def test_who_follows_nothing_is_shown_what_there_is_to_follow(alice, signed_in, read_only):
    BadgeClassFactory(name="Podcast de science")
    BadgeClassFactory(name="Brouillon", published_at=timezone.now() + timedelta(days=1))
    browser = signed_in(alice)
    with read_only():
        html = home(browser)
    assert "Suivez un badge, un émetteur ou une personne : leurs nouvelles arriveront ici." in html
    assert "Podcast de science" in html
    assert "Brouillon" not in html


def test_who_follows_what_is_silent_is_told_so(alice, congress, signed_in):
    BadgeClassFactory(name="Podcast de science")

    html = home(signed_in(alice))
    assert "Rien de nouveau de ce que vous suivez depuis trois mois." in html
    assert "Podcast de science" in html


def test_without_any_badge_nothing_is_suggested(alice, signed_in):
    html = home(signed_in(alice))

    assert "leurs nouvelles arriveront ici." in html
    assert "Derniers badges" not in html
