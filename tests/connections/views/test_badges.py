import re

import pytest

from connections.models import BadgeFollow
from tests.factories import BadgeClassFactory

pytestmark = pytest.mark.django_db


def test_the_tab_asks_a_visitor_to_sign_in(client):
    response = client.get("/connexions/badges/")
    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/compte/connexion/?next=/connexions/badges/",
    )


def test_nothing_followed_says_what_to_do(bob, signed_in, read_only):
    browser = signed_in(bob)
    with read_only():
        html = browser.get("/connexions/badges/").content.decode()
    assert "Vous ne suivez encore aucun badge" in html
    assert 'href="/galerie/badges/"' in html


def test_it_lists_what_this_person_follows_and_can_be_opened(alice, bob, signed_in):
    mine, theirs = BadgeClassFactory(name="Le mien"), BadgeClassFactory(name="Le leur")
    withdrawn = BadgeClassFactory(name="Retiré de la galerie", published_at=None)
    for person, badge_class in ((bob, mine), (bob, withdrawn), (alice, theirs)):
        BadgeFollow.objects.create(user=person, badge_class=badge_class)
    html = signed_in(bob).get("/connexions/badges/").content.decode()
    assert "Le mien" in html
    assert "Ne plus suivre" in html
    assert "Le leur" not in html
    assert "Retiré de la galerie" not in html


def test_a_long_list_is_paged(bob, signed_in, settings):
    settings.BADGES_PER_PAGE = 2
    for n in range(3):
        BadgeFollow.objects.create(user=bob, badge_class=BadgeClassFactory(name=f"Badge numéro {n}"))
    browser = signed_in(bob)
    html = browser.get("/connexions/badges/").content.decode()
    assert re.findall(r"Badge numéro \d</a>", html) == ["Badge numéro 2</a>", "Badge numéro 1</a>"]
    following = re.search(r'href="([^"]+)" rel="next"', html)[1]
    assert re.findall(
        r"Badge numéro \d</a>", browser.get(f"/connexions/badges/{following}").content.decode()
    ) == ["Badge numéro 0</a>"]
    assert browser.get("/connexions/badges/?apres=%00").status_code == 200
