"""The page of a person: what they tell of themself, and the badges that the reader may see."""

import re

import pytest
from django.utils import timezone

from tests.factories import BadgeClassFactory
from tests.sharing.conftest import words

pytestmark = pytest.mark.django_db

KINDS = ["pending", "declined", "private", "members", "public", "revoked-public"]


@pytest.fixture
def shown(alice):
    profile = alice.profile
    profile.visibility, profile.about, profile.town = "public", "J'anime des débats.", "Caen"
    profile.country = "FR"
    profile.save()
    alice.date_joined = timezone.datetime.fromisoformat("2018-08-12T10:00:00+00:00")
    alice.save()
    return profile


def page(browser, profile, query=""):
    return browser.get(f"/u/{profile.handle}/{query}").content.decode()


def names(html: str) -> list[str]:
    return re.findall(r"<h3><a [^>]*>([^<]+)</a></h3>", html)


def test_what_a_person_tells(client, shown):
    html = page(client, shown)
    text = words(html)

    for sentence in [
        "Alice Martin",
        "J’anime des débats.",
        "Ville Caen, France",
        "Passeport ouvert le 12 août 2018",
        "Badges 0",
    ]:
        assert sentence in text
    assert "Aucun badge à montrer ici pour le moment." in text
    assert "alice@exemple.fr" not in html
    assert f'<link rel="canonical" href="https://badges.exemple.fr/u/{shown.handle}/">' in html
    assert '<meta property="og:type" content="profile">' in html


def test_networks_read_nothing_of_a_profile_that_is_not_public(alice, signed_in):
    html = page(signed_in(alice), alice.profile)

    assert "og:" not in html
    assert "canonical" not in html


def test_each_reader_sees_the_badges_that_they_may_see(browsers, award, shown):
    for kind in KINDS:
        award(kind, badge_class=BadgeClassFactory(name=f"Badge {kind}"))

    seen = {person: names(page(browser, shown)) for person, browser in browsers.items()}

    assert seen == {
        "alice": ["Badge public"],  # the owner sees what everybody sees of a public profile
        "bob": ["Badge public", "Badge members"],
        "anonymous": ["Badge public"],
    }
    assert {
        person: re.search(r"<dt>Badges</dt><dd>(\d+)</dd>", page(browser, shown))[1]
        for person, browser in browsers.items()
    } == {
        "alice": "1",
        "bob": "2",
        "anonymous": "1",
    }


@pytest.mark.parametrize(
    "visibility, sentence",
    [
        ("private", "Ceci est votre profil : vous seul·e le voyez. Modifier mon profil"),
        (
            "members",
            "Ceci est votre profil : les utilisateurs enregistrés le voient, avec les badges que vous leur montrez. "
            "Modifier mon profil",
        ),
        (
            "public",
            "Ceci est votre profil : tout le monde le voit, avec vos badges publics. Modifier mon profil",
        ),
    ],
)
def test_the_owner_is_told_who_sees_it(browsers, shown, visibility, sentence):
    shown.visibility = visibility
    shown.save()

    assert sentence in words(page(browsers["alice"], shown))
    assert "Ceci est votre profil" not in page(browsers["bob"], shown)
    assert "Modifier mon profil" not in page(browsers["anonymous"], shown)


def test_badges_come_by_pages(client, award, shown, settings):
    settings.BADGES_PER_PAGE = 2
    for n in range(5):
        award(
            "public",
            badge_class=BadgeClassFactory(name=f"Badge {n}"),
            accepted_at=timezone.datetime.fromisoformat(f"2026-01-0{n + 1}T00:00:00+00:00"),
        )

    first = page(client, shown)
    following = re.search(r'href="(\?suite=[^"]+)" rel="next"', first)[1]
    second = page(client, shown, following)
    back = re.search(r'href="(\?suite=[^"]+)" rel="prev"', second)[1]

    assert [names(first), names(second)] == [["Badge 4", "Badge 3"], ["Badge 2", "Badge 1"]]
    assert names(page(client, shown, back)) == names(first)
    assert names(page(client, shown, "?suite=nonsense")) == names(first)


def test_query_budget(browsers, award, shown, django_assert_num_queries):
    """Profile, badges, their number; for a member also session, person, menu and waiting badges."""
    budgets = {"anonymous": 3, "bob": 7, "alice": 7}
    award("public")
    for person, budget in budgets.items():
        with django_assert_num_queries(budget):
            page(browsers[person], shown)
    for _ in range(3):
        award("public", badge_class=BadgeClassFactory())
    for person, budget in budgets.items():
        with django_assert_num_queries(budget):
            page(browsers[person], shown)


def test_no_cookie_for_a_visitor(client, shown):
    answer = client.get(f"/u/{shown.handle}/")

    assert (dict(answer.cookies), answer["X-Robots-Tag"]) == ({}, "noindex")


def test_hard_texts_are_inert(client, shown):
    shown.first_name, shown.last_name = "<script>alert(1)</script>", "\u202e" + "n" * 79
    shown.about = '<b>"gras"</b>' * 30
    shown.town = "<i>"
    shown.save()

    html = page(client, shown)

    assert "<script>alert" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "\u202e" not in html
