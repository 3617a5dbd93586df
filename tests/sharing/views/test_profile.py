"""The page of a person: what they tell of themself, and the badges that the reader may see."""

import json
import re

import pytest
from django.utils import timezone

from accounts.services.picture import set_picture
from accounts.services.profile import Link, set_links
from pages.forms import new_block
from pages.services.make import create
from pages.services.show import open_link, show
from pages.services.write import write
from sharing import profile_page
from tests.factories import BadgeClassFactory
from tests.given import picture, upload
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


def put_on_page(profile, *badges):
    """A public page of this person, with these badges."""
    it = create(owner=profile.user, title="Dix ans")
    block = {**new_block("badges"), "badges": [str(badge.uid) for badge in badges]}
    write(page=it, content={"title": "Dix ans", "description": "", "theme": "passport", "blocks": [block]})
    show(page=it, visibility="public")


def names(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/b/[^"]+">([^<]+)</a></h3>', html)


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
    """Profile, links, badges, their number, pages, their badges, recommended skills; for a member also session,
    person, menu, bell and waiting badges; two are about the two people. A picture costs its own person one, in the
    header."""
    budgets = {"anonymous": 7, "bob": 14, "alice": 13}
    set_picture(profile=shown, upload=upload(picture()))
    badge = award("public")
    set_links(profile=shown, links=[Link("Un", "https://un.exemple/")])
    put_on_page(shown, badge)
    for person, budget in budgets.items():
        with django_assert_num_queries(budget):
            page(browsers[person], shown)
    for _ in range(3):
        put_on_page(shown, award("public", badge_class=BadgeClassFactory()))
    set_links(profile=shown, links=[Link("Un", "https://un.exemple/")] * 8)
    for person, budget in budgets.items():
        with django_assert_num_queries(budget):
            page(browsers[person], shown)


def test_no_cookie_for_a_visitor(client, shown):
    answer = client.get(f"/u/{shown.handle}/")

    assert (dict(answer.cookies), answer["X-Robots-Tag"]) == ({}, "noindex")


def test_badges_are_in_their_holder_s_order_and_those_taken_off_are_not_there(client, award, shown):
    for name, place in (("Trois", 3), ("Un", 1), ("Deux", 2), ("Nouveau", 0)):
        award("public", badge_class=BadgeClassFactory(name=name), position=place)
    award("public", badge_class=BadgeClassFactory(name="Caché"), on_profile=False)

    html = page(client, shown)

    assert names(html) == ["Nouveau", "Un", "Deux", "Trois"]
    assert "<dt>Badges</dt><dd>4</dd>" in html
    assert "Caché" not in html


def test_the_order_goes_on_over_pages(client, award, shown, settings):
    settings.BADGES_PER_PAGE = 2
    for n in (4, 2, 5, 1, 3):
        award("public", badge_class=BadgeClassFactory(name=f"Badge {n}"), position=n)

    first = page(client, shown)
    second = page(client, shown, re.search(r'href="(\?suite=[^"]+)" rel="next"', first)[1])

    assert [names(first), names(second)] == [["Badge 1", "Badge 2"], ["Badge 3", "Badge 4"]]


def test_links_say_where_they_lead(client, shown):
    set_links(
        profile=shown,
        links=[
            Link("Mon <site>", "https://www.mediation.exemple/moi?a=1&b=2"),
            Link("exemple.fr", "http://exemple.fr/"),
        ],
    )

    html = page(client, shown)

    assert (
        '<a href="https://www.mediation.exemple/moi?a=1&amp;b=2" rel="me nofollow noopener">Mon &lt;site&gt;</a>'
        ' <span class="small soft">mediation.exemple</span>'
    ) in html
    assert '<a href="http://exemple.fr/" rel="me nofollow noopener">exemple.fr</a></li>' in html


def test_lines_of_what_one_tells_are_kept(client, shown):
    shown.about = "Un.\nDeux."
    shown.save()

    assert "Un.<br>Deux." in page(client, shown)


def test_a_picture_is_shown_by_its_name(client, shown):
    assert '<span class="avatar avatar--xl' in page(client, shown)
    set_picture(profile=shown, upload=upload(picture()))
    html = page(client, shown)

    assert f'<img class="avatar avatar--xl" src="{shown.picture_url}" alt="Alice Martin"' in html
    assert f'<meta property="og:image" content="https://badges.exemple.fr{shown.picture_url}">' in html


PAGES = {"private": "Pagesecrete", "members": "Pagemembre", "public": "Pagepublique"}


def test_each_reader_sees_the_pages_that_they_may_see(browsers, shown, bob):
    for visibility, title in PAGES.items():
        show(page=create(owner=shown.user, title=title), visibility=visibility)
    open_link(page=create(owner=shown.user, title="Pagelien"))
    show(page=create(owner=bob, title="Pagedebob"), visibility="public")

    seen = {
        person: re.findall(r'<h3><a href="/p/[^"]+">([^<]+)</a></h3>', page(browser, shown))
        for person, browser in browsers.items()
    }

    assert seen == {
        "alice": ["Pagepublique"],
        "bob": ["Pagepublique", "Pagemembre"],
        "anonymous": ["Pagepublique"],
    }


def test_a_page_shows_only_badges_that_its_reader_may_see(browsers, award, shown):
    """A public page with a badge for members and a private one on it."""
    badges = [
        award(kind, badge_class=BadgeClassFactory(image=f"{n}{'0' * 63}.png"), on_profile=False)
        for n, kind in enumerate(("public", "members", "private"))
    ]
    put_on_page(shown, *badges)

    def pictures(html):
        return [n for n in range(3) if f"{n}{'0' * 63}" in html]

    assert {person: pictures(page(browser, shown)) for person, browser in browsers.items()} == {
        "alice": [0],
        "bob": [0, 1],
        "anonymous": [0],
    }


def test_pages_come_by_pages_and_badges_stay_where_they_are(client, award, shown, settings, monkeypatch):
    monkeypatch.setattr(profile_page, "PAGES_SHOWN", 2)
    settings.BADGES_PER_PAGE = 1
    for n in range(3):
        award("public", badge_class=BadgeClassFactory(name=f"Badge {n}"), position=n)
        show(page=create(owner=shown.user, title=f"Page {n}"), visibility="public")

    badges = page(client, shown, re.search(r'href="(\?suite=[^"]+)" rel="next"', page(client, shown))[1])
    both = page(
        client,
        shown,
        re.search(r'href="(\?suite=[^"]+pages=[^"]+)" rel="next"', badges)[1].replace("&amp;", "&"),
    )

    assert names(badges) == ["Badge 1"]
    assert names(both) == ["Badge 1"]
    assert [n for n in range(3) if f">Page {n}<" in both] == [0]


def test_search_engines_are_told_to_stay_away_unless_the_owner_says_otherwise(browsers, shown):
    set_links(profile=shown, links=[Link("Un", "https://un.exemple/")])
    for browser in browsers.values():
        answer = browser.get(f"/u/{shown.handle}/")
        assert answer["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
        assert "ld+json" not in answer.content.decode()

    shown.is_indexed = True
    shown.save()

    answer = browsers["anonymous"].get(f"/u/{shown.handle}/")
    html = answer.content.decode()
    assert answer["X-Robots-Tag"] == "all"
    assert "noindex" not in html
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert told == {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "mainEntity": {
            "@type": "Person",
            "name": "Alice Martin",
            "alternateName": shown.handle,
            "description": "J'anime des débats.",
            "address": {"@type": "PostalAddress", "addressLocality": "Caen", "addressCountry": "FR"},
            "sameAs": ["https://un.exemple/"],
            "url": f"https://badges.exemple.fr/u/{shown.handle}/",
        },
    }
    assert browsers["anonymous"].get(f"/u/{shown.handle}/?suite=x")["X-Robots-Tag"] == "noindex"


def test_nothing_of_a_profile_leaves_its_block_of_data(client, shown):
    shown.about = "</script><script>alert(1)</script>&amp;"
    shown.is_indexed = True
    shown.save()

    html = page(client, shown)

    assert "<script>alert" not in html
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1]
    assert json.loads(found)["mainEntity"]["description"] == shown.about


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
