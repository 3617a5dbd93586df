import re
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.links import key_of
from pages.models import Page
from pages.services.show import open_link, show
from tests.pages.conftest import MEMBERS, PRIVATE, badges, folio, full, shown

__all__ = ["badges", "folio", "full"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def address(folio):
    return f"/pages/{folio.uid}/partager/"


@pytest.fixture
def member(folio, signed_in):
    return signed_in(folio.owner)


@pytest.mark.parametrize("visibility", ["private", "members"])
def test_only_what_is_public_leaves(folio, member, address, read_only, visibility):
    show(page=folio, visibility=visibility)

    with read_only():
        html = member.get(address).content.decode()

    assert "Partager sur les réseaux sociaux" not in html
    assert "iframe" not in html
    assert 'href="/pages/" aria-current="page"' in html


def test_a_public_page_is_offered_to_the_networks(folio, member, address):
    show(page=folio, visibility="public")

    html = member.get(address).content.decode()

    here = f"https://badges.exemple.fr/p/{folio.uid}/"
    x = re.search(r'href="(https://x\.com/[^"]+)"', html)[1].replace("&amp;", "&")
    assert parse_qs(urlsplit(x).query) == {"text": ["Dix ans"], "url": [here]}
    assert f'value="{here}"' in html
    assert (
        f"&amp;lt;iframe src=&amp;quot;{here}carte/" in html or f"&lt;iframe src=&quot;{here}carte/" in html
    )
    assert "pinterest" not in html.lower()
    assert f'<iframe src="/p/{folio.uid}/carte/"' in html


@pytest.mark.parametrize(
    "visibility, sentence",
    [
        ("members", "Les utilisateurs enregistrés voient la page."),
        ("public", "La page est publique."),
        ("private", "La page est privée\u00a0: vous seul la voyez."),
    ],
)
def test_one_click_says_who_sees_the_page(folio, member, address, visibility, sentence):
    show(page=folio, visibility="public" if visibility == "private" else "private")

    answer = member.post(address, {"visibility": visibility}, follow=True)

    assert Page.objects.get().visibility == visibility
    assert sentence in answer.content.decode()


def test_the_same_click_again_says_nothing(member, address):
    answer = member.post(address, {"visibility": "private"}, follow=True)

    assert "vous seul la voyez." not in answer.content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"visibility": "everyone"}, {"link": "steal"}, {"visibility": "", "link": ""}]
)
def test_a_click_that_makes_no_sense_changes_nothing(member, address, data):
    answer = member.post(address, data)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Page.objects.values_list("visibility", "link_open").get() == ("private", False)


def test_a_secret_link_is_made_shown_and_withdrawn(folio, member, address):
    html = member.post(address, {"link": "open"}, follow=True).content.decode()
    folio.refresh_from_db()
    secret = f"https://badges.exemple.fr/p/{folio.uid}/secret/{key_of(folio)}/"
    assert "Le lien secret est ouvert." in html
    assert f'value="{secret}"' in html
    assert folio.visibility == "private"

    html = member.post(address, {"link": "close"}, follow=True).content.decode()

    assert "Le lien secret n’ouvre plus la page." in html
    assert "/secret/" not in html
    assert Page.objects.get().link_open is False


def test_a_link_does_not_follow_the_visibility(folio, member, address):
    open_link(page=folio)

    member.post(address, {"visibility": "members"})

    assert Page.objects.values_list("visibility", "link_open").get() == ("members", True)


def test_what_others_will_miss_is_said_before_sharing(full, signed_in):
    html = signed_in(full.owner).get(f"/pages/{full.uid}/partager/").content.decode()

    assert shown(html, (MEMBERS, PRIVATE)) == {MEMBERS, PRIVATE}
    assert "Les visiteurs sans compte ne verront pas" in html
