"""Files of a page under its secret link: they open with it, and close with it."""

from uuid import uuid4

import pytest

from accounts.services.files import keep
from pages.links import key_of
from pages.services.show import close_link, open_link
from pages.services.write import write
from tests.given import pdf, picture, received, upload
from tests.pages.conftest import block, content, folio

__all__ = ["folio"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def files(alice, folio):
    """A picture and a document on the page, and a picture that is not."""
    photo, paper, other = (
        keep(owner=alice, upload=upload(*given))
        for given in ((picture(), "a.jpg"), (pdf(), "b.pdf"), (picture(color="blue"), "autre.jpg"))
    )
    write(
        page=folio,
        content=content(block("file", file=str(paper.uid)), block("gallery", pictures=[str(photo.uid)])),
    )
    return photo, paper, other


def secret(page) -> str:
    return f"/p/{page.uid}/secret/{key_of(page)}/"


def status(browser, address) -> int:
    answer = browser.get(address)
    received(answer)
    return answer.status_code


def test_the_page_names_its_files_without_its_key(folio, files, client):
    open_link(page=folio)

    html = client.get(secret(folio)).content.decode()

    assert f'src="fichiers/{files[0].uid}/image/480/"' in html
    assert f'href="fichiers/{files[1].uid}/"' in html
    assert "/compte/fichiers/" not in html
    assert key_of(folio) not in html


@pytest.mark.parametrize("person", ["alice", "bob", "anonymous"])
def test_its_files_open_with_the_link_and_no_other_does(folio, files, browsers, read_only, person):
    photo, paper, other = files
    open_link(page=folio)
    browser, base = browsers[person], secret(folio) + "fichiers/"

    with read_only():
        found = {
            name: status(browser, f"{base}{name}/")
            for name in (
                f"{photo.uid}/image/480",
                f"{photo.uid}",
                f"{paper.uid}",
                f"{other.uid}",
                f"{uuid4()}",
            )
        }

    assert list(found.values()) == [200, 200, 200, 404, 404]
    # At its own address a file of a private page stays its owner's.
    assert status(browser, f"/compte/fichiers/{photo.uid}/") == (200 if person == "alice" else 404)


def test_what_opens_by_a_key_is_kept_nowhere(folio, files, client):
    open_link(page=folio)

    for name in (f"{files[0].uid}/image/480", f"{files[1].uid}", f"{uuid4()}"):
        answer = client.get(f"{secret(folio)}fichiers/{name}/")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "private, no-store"
        received(answer)


def test_files_close_with_the_link(folio, files, client):
    open_link(page=folio)
    address = f"{secret(folio)}fichiers/{files[0].uid}/image/480/"
    assert status(client, address) == 200

    close_link(page=folio)
    assert status(client, address) == 404
    open_link(page=folio)
    assert status(client, address) == 404
    assert status(client, f"{secret(folio)}fichiers/{files[0].uid}/image/480/") == 200


def test_a_wrong_key_opens_nothing(folio, files, client):
    open_link(page=folio)

    assert status(client, f"/p/{folio.uid}/secret/inventee/fichiers/{files[0].uid}/") == 404
