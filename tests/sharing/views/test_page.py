"""The public address of a portfolio page, its secret link and its card. Page and badge: the strictest wins."""

from uuid import uuid4

import pytest

from connections.models import Block
from pages.links import key_of
from pages.services.show import close_link, open_link, show
from pages.services.write import write
from tests.factories import AssertionFactory
from tests.pages.conftest import MEMBERS, NEVER, PRIVATE, PUBLIC, badges, block, content, folio, full, shown
from tests.sharing.conftest import without_tokens

__all__ = ["badges", "folio", "full"]
pytestmark = pytest.mark.django_db

PEOPLE = ["alice", "bob", "anonymous"]
# visibility of the page: what Alice, whose page it is, Bob, a member, and a visitor read; None is a 404.
READ = {
    "private": ({PUBLIC, MEMBERS, PRIVATE}, None, None),
    "members": ({PUBLIC, MEMBERS}, {PUBLIC, MEMBERS}, None),
    "public": ({PUBLIC}, {PUBLIC, MEMBERS}, {PUBLIC}),
}
CARD = {"private": None, "members": None, "public": {PUBLIC}}
NAMES = (PUBLIC, MEMBERS, PRIVATE, *NEVER)


def secret(page) -> str:
    return f"/p/{page.uid}/secret/{key_of(page)}/"


@pytest.mark.parametrize("visibility", READ)
def test_who_reads_which_badges(full, browsers, read_only, visibility):
    show(page=full, visibility=visibility)

    for person, expected in zip(PEOPLE, READ[visibility], strict=True):
        with read_only():
            answer = browsers[person].get(f"/p/{full.uid}/")
            unknown = browsers[person].get(f"/p/{uuid4()}/")
        if expected is None:
            assert (person, answer.status_code) == (person, 404)
            assert without_tokens(answer) == without_tokens(unknown)
        else:
            assert (person, shown(answer.content.decode(), NAMES)) == (person, expected)


@pytest.mark.parametrize("visibility", CARD)
def test_a_card_is_the_same_for_everybody(full, browsers, read_only, visibility):
    show(page=full, visibility=visibility)

    with read_only():
        answers = [browsers[person].get(f"/p/{full.uid}/carte/") for person in PEOPLE]

    if CARD[visibility] is None:
        assert [answer.status_code for answer in answers] == [404] * 3
        return
    assert len({answer.content for answer in answers}) == 1
    assert {frozenset(shown(answer.content.decode(), NAMES)) for answer in answers} == {frozenset({PUBLIC})}
    for answer in answers:
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer.headers
        assert "<form" not in answer.content.decode()
        assert not answer.cookies


@pytest.mark.parametrize("visibility", READ)
def test_a_secret_link_reads_as_a_visitor_does_whoever_comes(full, browsers, read_only, visibility):
    show(page=full, visibility=visibility)
    open_link(page=full)

    for person in PEOPLE:
        with read_only():
            answer = browsers[person].get(secret(full))
        assert (person, shown(answer.content.decode(), NAMES)) == (person, {PUBLIC})


def test_the_address_of_a_secret_link_goes_nowhere(folio, browsers):
    open_link(page=folio)

    for person in PEOPLE:
        answer = browsers[person].get(secret(folio))
        html = answer.content.decode()
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert key_of(folio) not in html
        assert "og:" not in html
        assert "canonical" not in html
        # Under « no-referrer » a form would be refused: there is none.
        assert "<form" not in html


def test_a_secret_link_is_withdrawn_at_once_and_for_good(folio, client):
    open_link(page=folio)
    first = secret(folio)
    assert client.get(first).status_code == 200

    close_link(page=folio)
    assert client.get(first).status_code == 404
    open_link(page=folio)

    assert client.get(first).status_code == 404
    assert client.get(secret(folio)).status_code == 200


@pytest.mark.parametrize("wrong", ["x", "", "{other}", "{upper}"])
def test_a_wrong_key_is_as_an_unknown_page(folio, alice, client, caplog, wrong):
    open_link(page=folio)
    other = folio.__class__.objects.create(owner=alice, title="Autre", link_open=True, link_generation=1)
    key = wrong.format(other=key_of(other), upper=key_of(folio).swapcase()) or "0" * 32

    answer = client.get(f"/p/{folio.uid}/secret/{key}/")
    unknown = client.get(f"/p/{uuid4()}/secret/{key}/")

    assert answer.status_code == unknown.status_code == 404
    assert answer.content == unknown.content
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Dix ans" not in answer.content.decode()
    assert key not in caplog.text


def test_a_page_goes_with_the_account_of_its_owner(folio, client):
    show(page=folio, visibility="public")
    open_link(page=folio)
    folio.owner.is_active = False
    folio.owner.save()

    for address in (f"/p/{folio.uid}/", f"/p/{folio.uid}/carte/", secret(folio)):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("visibility, link", [("private", False), ("public", True)])
def test_the_name_leads_to_the_profile_for_those_who_may_open_it(folio, client, visibility, link):
    show(page=folio, visibility="public")
    write(page=folio, content=content(block("profile")))
    profile = folio.owner.profile
    profile.visibility, profile.town, profile.about = visibility, "Caen", "Médiatrice."
    profile.save()

    html = client.get(f"/p/{folio.uid}/").content.decode()

    assert html.count("Alice Martin") >= 2
    for told in (f"/u/{profile.handle}/", "Caen", "Médiatrice."):
        assert (told in html) is link


def test_what_the_networks_read_is_of_public_pages_alone(folio, browsers):
    write(page=folio, content=content(description="De la paillasse au plateau"))
    for visibility, told in (("members", False), ("public", True)):
        show(page=folio, visibility=visibility)
        html = browsers["bob"].get(f"/p/{folio.uid}/").content.decode()
        assert ('<meta property="og:title" content="Dix ans">' in html) is told
        assert ('content="De la paillasse au plateau"' in html) is told


def test_a_video_asks_nothing_of_its_site(folio, client):
    show(page=folio, visibility="public")
    video = block("video", url="https://video.exemple.fr/w/1", label="Le film")
    write(page=folio, content=content(video, block("link", url="https://www.exemple.org/carnet")))

    html = client.get(f"/p/{folio.uid}/").content.decode()

    assert "<iframe" not in html
    assert "<video" not in html
    assert html.count("video.exemple.fr") == 2  # the address of the link, and the words that name the site
    assert "Voir la vidéo sur video.exemple.fr" in html
    assert 'rel="nofollow ugc noopener noreferrer"' in html
    assert ">exemple.org</a>" in html


def test_a_text_is_markdown_without_markup_of_its_own(folio, client):
    show(page=folio, visibility="public")
    text = "# Titre\n\n**gras** <img src=x onerror=alert(1)> "
    text += "![pixel](https://evil.example/p.png) [x](javascript:alert(1))"
    write(page=folio, content=content(block("text", text=text)))

    html = client.get(f"/p/{folio.uid}/").content.decode()

    assert "<h2>Titre</h2>" in html
    assert "<strong>gras</strong>" in html
    assert "<img src=x" not in html
    assert "evil.example" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize("theme", ["passport", "sober", "night", "large"])
def test_a_page_wears_its_theme(folio, client, theme):
    show(page=folio, visibility="public")
    write(page=folio, content=content(theme=theme, title="Vingt ans"))

    assert f'class="sheet folio folio--{theme}"' in client.get(f"/p/{folio.uid}/").content.decode()


@pytest.mark.parametrize("number", [1, 20])
def test_reading_costs_the_same(folio, alice, client, django_assert_num_queries, number):
    show(page=folio, visibility="public")
    uids = [str(AssertionFactory(public=True, holder=alice).uid) for _turn in range(number)]
    write(page=folio, content=content(*(block("badges", badges=uids) for _turn in range(number))))

    with django_assert_num_queries(2):
        client.get(f"/p/{folio.uid}/")
    with django_assert_num_queries(2):
        client.get(f"/p/{folio.uid}/carte/")


@pytest.mark.parametrize("visibility, is_open", [("members", False), ("public", True)])
def test_whom_the_owner_has_blocked_has_no_profile_for_members(
    folio, alice, bob, browsers, visibility, is_open
):
    alice.profile.visibility = visibility
    alice.profile.save()
    show(page=folio, visibility="public")
    link = f'href="/u/{alice.profile.handle}/"'
    path = f"/p/{folio.uid}/"
    assert link in browsers["bob"].get(path).content.decode()

    Block.objects.create(person=alice, blocked=bob)

    assert (link in browsers["bob"].get(path).content.decode()) == is_open
