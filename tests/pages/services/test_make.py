import pytest

from pages.exceptions import NotPossible
from pages.models import Page
from pages.services import make
from pages.services.show import open_link, show
from pages.services.write import write
from tests.pages.conftest import block, content

pytestmark = pytest.mark.django_db


def test_a_new_page_is_private_and_has_no_link(alice):
    folio = make.create(owner=alice, title="Dix ans")

    assert (folio.owner, folio.visibility, folio.link_open, folio.blocks) == (alice, "private", False, [])


def test_a_copy_says_the_same_and_is_private(folio):
    write(page=folio, content=content(block("text", text="Bonjour"), theme="night"))
    show(page=folio, visibility="public")
    open_link(page=folio)

    copy = make.duplicate(page=folio)

    assert {**copy.content, "title": "Dix ans"} == folio.content
    assert copy.title == "Copie de Dix ans"
    assert (copy.visibility, copy.link_open, copy.versions.count()) == ("private", False, 1)
    assert copy.uid != folio.uid


def test_a_copy_of_a_long_title_fits(alice):
    folio = make.create(owner=alice, title="x" * 120)

    assert make.duplicate(page=folio).title == "Copie de " + "x" * 111


def test_pages_are_not_without_number(folio, alice, monkeypatch):
    monkeypatch.setattr(make, "MAX_PAGES", 1)

    with pytest.raises(NotPossible):
        make.create(owner=alice, title="Une de trop")
    with pytest.raises(NotPossible):
        make.duplicate(page=folio)

    assert list(Page.objects.all()) == [folio]


def test_a_page_is_deleted_with_its_versions(folio):
    make.delete(page=folio)

    assert not Page.objects.exists()
