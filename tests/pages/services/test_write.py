import pytest

from pages.models import Page, PageVersion
from pages.services import write
from tests.pages.conftest import block, content

pytestmark = pytest.mark.django_db


def said(folio) -> str:
    return Page.objects.get(pk=folio.pk).title


def numbers(folio) -> list[tuple[int, int]]:
    return list(folio.versions.order_by("number").values_list("number", "base"))


def test_a_new_page_has_its_first_version(folio):
    assert numbers(folio) == [(1, 1)]
    assert folio.versions.get().content == content(title="Dix ans")


def test_each_change_is_a_version(folio):
    text = block("text", text="Bonjour")

    assert write.write(page=folio, content=content(text, title="Deux"))

    saved = Page.objects.get(pk=folio.pk)
    assert (saved.title, saved.blocks, saved.folded_title) == ("Deux", [text], "deux")
    assert (folio.title, folio.blocks) == ("Deux", [text])
    assert numbers(folio) == [(1, 1), (2, 2)]
    assert saved.updated_at > saved.created_at


def test_what_changes_nothing_is_no_version(folio):
    before = Page.objects.get(pk=folio.pk).updated_at

    assert write.write(page=folio, content=content()) is False

    assert numbers(folio) == [(1, 1)]
    assert Page.objects.get(pk=folio.pk).updated_at == before


def test_undoing_twice_goes_two_back_and_loses_nothing(folio):
    for title in ("Deux", "Trois"):
        write.write(page=folio, content=content(title=title))

    assert write.undo(page=folio)
    assert said(folio) == "Deux"
    assert write.undo(page=folio)
    assert said(folio) == "Dix ans"
    assert write.undo(page=folio) is False

    assert numbers(folio) == [(1, 1), (2, 2), (3, 3), (4, 2), (5, 1)]


def test_a_change_after_an_undo_is_undone_in_its_turn(folio):
    write.write(page=folio, content=content(title="Deux"))
    write.undo(page=folio)
    write.write(page=folio, content=content(title="Trois"))

    write.undo(page=folio)

    assert said(folio) == "Dix ans"


def test_a_version_can_be_made_the_newest(folio):
    for title in ("Deux", "Trois"):
        write.write(page=folio, content=content(title=title))

    write.restore(page=folio, version=folio.versions.get(number=2))

    assert said(folio) == folio.title == "Deux"
    assert numbers(folio)[-1] == (4, 2)


def test_a_version_is_not_who_sees_the_page(folio):
    write.write(page=folio, content=content(title="Deux"))
    Page.objects.update(visibility="public", link_open=True)

    write.undo(page=folio)

    assert Page.objects.values_list("visibility", "link_open").get() == ("public", True)


def test_the_last_versions_are_kept(folio, monkeypatch):
    monkeypatch.setattr(write, "KEPT_VERSIONS", 3)

    for title in ("Deux", "Trois", "Quatre", "Cinq"):
        write.write(page=folio, content=content(title=title))

    assert numbers(folio) == [(3, 3), (4, 4), (5, 5)]


def test_versions_go_with_their_page(folio):
    folio.delete()

    assert not PageVersion.objects.exists()
