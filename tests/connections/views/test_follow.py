import pytest

from connections.models import BadgeFollow, IssuerFollow
from tests.factories import BadgeClassFactory

pytestmark = pytest.mark.django_db
FOLLOW, UNFOLLOW = "/connexions/badges/b/suivre/", "/connexions/badges/b/ne-plus-suivre/"


@pytest.fixture
def badge(db):
    return BadgeClassFactory(slug="b", name="Podcast")


def test_following_twice_is_following_once(badge, bob, signed_in):
    browser = signed_in(bob)
    for _ in range(2):
        response = browser.post(FOLLOW)
        assert (response.status_code, response.headers["Location"]) == (302, "/galerie/badges/b/")
    assert list(BadgeFollow.objects.values_list("user", "badge_class")) == [(bob.pk, badge.pk)]


def test_unfollowing_leaves_the_follows_of_others(badge, alice, bob, signed_in):
    for person in (alice, bob):
        signed_in(person).post(FOLLOW)
    browser = signed_in(bob)
    for _ in range(2):
        html = browser.post(UNFOLLOW, follow=True).content.decode()
        assert "Vous ne suivez plus «\u00a0Podcast\u00a0»." in html
    assert [follow.user for follow in BadgeFollow.objects.all()] == [alice]


def test_unfollowing_goes_back_to_where_it_was_asked_and_nowhere_else(badge, bob, signed_in):
    browser = signed_in(bob)
    assert browser.post(UNFOLLOW, {"next": "/connexions/"}).headers["Location"] == "/connexions/"
    for target in ("https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)"):
        assert browser.post(UNFOLLOW, {"next": target}).headers["Location"] == "/galerie/badges/b/"


@pytest.mark.parametrize("address", [FOLLOW, UNFOLLOW])
def test_only_a_post_of_somebody_signed_in_does_it(badge, bob, client, signed_in, address):
    assert signed_in(bob).get(address).status_code == 405
    response = client.post(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/compte/connexion/?next=")
    assert not BadgeFollow.objects.exists()


@pytest.mark.parametrize("action", ["suivre", "ne-plus-suivre"])
def test_a_badge_that_is_not_published_cannot_be_followed(bob, signed_in, action):
    BadgeClassFactory(slug="brouillon", published_at=None)
    browser = signed_in(bob)
    for slug in ("brouillon", "inconnu"):
        assert browser.post(f"/connexions/badges/{slug}/{action}/").status_code == 404
    assert not BadgeFollow.objects.exists()


@pytest.fixture
def issuer(badge):
    badge.issuer.name, badge.issuer.slug = "Planétarium", "p"
    badge.issuer.save()
    return badge.issuer


def test_an_issuer_is_followed_and_left_from_its_page(issuer, bob, client, signed_in):
    browser = signed_in(bob)
    assert "Suivre cet émetteur" in client.get("/galerie/emetteurs/p/").content.decode()
    for _ in range(2):
        answer = browser.post("/connexions/emetteurs/p/suivre/")
        assert answer.headers["Location"] == "/galerie/emetteurs/p/"
    assert [row.issuer for row in IssuerFollow.objects.of(bob)] == [issuer]
    assert "Vous suivez cet émetteur" in browser.get("/galerie/emetteurs/p/").content.decode()
    for _ in range(2):
        html = browser.post("/connexions/emetteurs/p/ne-plus-suivre/", follow=True).content.decode()
        assert "Vous ne suivez plus «\u00a0Planétarium\u00a0»." in html
    assert not IssuerFollow.objects.exists()


@pytest.mark.parametrize("action", ["suivre", "ne-plus-suivre"])
def test_an_issuer_without_a_page_cannot_be_followed(issuer, badge, bob, client, signed_in, action):
    address = f"/connexions/emetteurs/p/{action}/"
    assert client.post(address).headers["Location"].startswith("/compte/connexion/?next=")
    assert signed_in(bob).get(address).status_code == 405
    badge.published_at = None
    badge.save()
    assert signed_in(bob).post(address).status_code == 404
    assert signed_in(bob).post(f"/connexions/emetteurs/inconnu/{action}/").status_code == 404
    assert not IssuerFollow.objects.exists()
