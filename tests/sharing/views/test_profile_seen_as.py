"""« Voir comme »: the owner of a profile sees exactly what its visitors do; nobody else can ask."""

from html.parser import HTMLParser

import pytest

from accounts.services.picture import set_picture
from accounts.services.profile import Link, set_links
from pages.services.make import create
from pages.services.show import show
from tests.factories import BadgeClassFactory
from tests.given import picture, upload

pytestmark = pytest.mark.django_db
KINDS = ["pending", "declined", "private", "members", "public", "revoked-public"]
VOID = {"img", "br", "input", "meta", "link", "use"}


class Part(HTMLParser):
    """The elements and texts inside the element with this id, one a line, but for what a visitor may do there."""

    def __init__(self, name: str):
        super().__init__()
        self.name, self.depth, self.acts, self.found = name, 0, 0, []

    def handle_starttag(self, tag, attrs):
        if self.depth and (self.acts or ("class", "person-acts stack") in attrs):
            self.acts += tag not in VOID
            return
        if self.depth:
            self.found.append((tag, sorted(attrs)))
        if self.depth or ("id", self.name) in attrs:
            self.depth += tag not in VOID

    def handle_endtag(self, tag):
        if self.acts:
            self.acts -= tag not in VOID
            return
        self.depth -= bool(self.depth) and tag not in VOID

    def handle_data(self, data):
        if self.depth and not self.acts and data.strip():
            self.found.append(" ".join(data.split()))


def part(browser, profile, query: str = "", name: str = "profil") -> list:
    parser = Part(name)
    parser.feed(browser.get(f"/u/{profile.handle}/{query}").content.decode())
    return parser.found


@pytest.fixture
def full(alice, award):
    """A public profile with a badge and a page of each kind, a picture and links."""
    for place, kind in enumerate(KINDS):
        award(kind, badge_class=BadgeClassFactory(name=f"Badge {kind}"), position=place)
    award("public", badge_class=BadgeClassFactory(name="Caché"), on_profile=False)
    for visibility in ("private", "members", "public"):
        show(page=create(owner=alice, title=f"Page {visibility}"), visibility=visibility)
    profile = alice.profile
    set_links(profile=profile, links=[Link("Mon site", "https://un.exemple/")])
    set_picture(profile=profile, upload=upload(picture()))
    profile.visibility, profile.about, profile.town = "public", "Bonjour.", "Caen"
    profile.save()
    return profile


@pytest.mark.parametrize(
    "visibility, vue, person",
    [("public", "public", "anonymous"), ("public", "membres", "bob"), ("members", "membres", "bob")],
)
def test_the_owner_sees_what_a_visitor_does(browsers, full, visibility, vue, person):
    full.visibility = visibility
    full.save()

    theirs = part(browsers[person], full)

    assert theirs
    assert part(browsers["alice"], full, f"?vue={vue}") == theirs
    assert ("Badge members" in theirs, "Page members" in theirs) == (vue == "membres",) * 2


def test_both_views_differ_and_the_owner_s_own_says_more(browsers, full):
    own, public, members = (
        part(browsers["alice"], full, query) for query in ("", "?vue=public", "?vue=membres")
    )

    assert public != members
    assert own != public
    assert "Public" in own
    assert "Public" not in public


@pytest.mark.parametrize(
    "visibility, vue", [("private", "public"), ("private", "membres"), ("members", "public")]
)
def test_where_a_visitor_has_no_page_the_owner_is_shown_none(browsers, full, visibility, vue):
    full.visibility = visibility
    full.save()
    visitor = browsers["anonymous" if vue == "public" else "bob"]

    answer = browsers["alice"].get(f"/u/{full.handle}/?vue={vue}")

    assert visitor.get(f"/u/{full.handle}/").status_code == 404
    assert answer.status_code == 200
    assert "cette adresse n’existe pas" in answer.content.decode()
    assert part(browsers["alice"], full, f"?vue={vue}") == []
    for told in ("Bonjour.", "Caen", "Badge public", "un.exemple", "avatar--xl"):
        assert told not in answer.content.decode()


def test_the_bar_says_as_whom_and_leads_back(browsers, full):
    own = browsers["alice"].get(f"/u/{full.handle}/").content.decode()
    public = browsers["alice"].get(f"/u/{full.handle}/?vue=public").content.decode()
    members = browsers["alice"].get(f"/u/{full.handle}/?vue=membres").content.decode()

    assert "Ceci est votre profil" in own.replace("\u00a0", " ")
    assert "tel que le voit un visiteur sans compte" in public
    assert "tel que le voit un utilisateur enregistré" in members
    for html in (own, public, members):
        assert f'href="/u/{full.handle}/"' in html
        assert 'href="?vue=public"' in html
        assert 'href="?vue=membres"' in html


@pytest.mark.parametrize("query", ["?vue=public", "?vue=membres", "?vue=moi", "?vue="])
def test_for_others_the_words_have_no_effect(browsers, full, query):
    for person in ("bob", "anonymous"):
        plain = part(browsers[person], full, name="contenu")
        assert part(browsers[person], full, query, name="contenu") == plain


def test_what_makes_no_sense_is_one_s_own_view(browsers, full):
    assert part(browsers["alice"], full, "?vue=admin") == part(browsers["alice"], full)


def test_the_next_page_is_seen_in_the_same_way(browsers, full, settings):
    settings.BADGES_PER_PAGE = 1

    html = browsers["alice"].get(f"/u/{full.handle}/?vue=membres").content.decode()

    assert "&amp;vue=membres" in html or "?vue=membres&amp;suite=" in html
