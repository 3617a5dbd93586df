import pytest

from pages.links import key_of, opens
from pages.models import Page
from pages.services import show

pytestmark = pytest.mark.django_db


def test_who_sees_a_page_is_changed_once(folio):
    assert show.show(page=folio, visibility="public") is True
    assert show.show(page=folio, visibility="public") is False

    assert Page.objects.get().visibility == folio.visibility == "public"


def test_changing_who_sees_a_page_writes_nothing_else(folio):
    Page.objects.update(title="Écrit ailleurs")

    show.show(page=folio, visibility="members")

    assert Page.objects.get().title == "Écrit ailleurs"


def test_a_link_opens_while_it_holds(folio):
    assert not opens(folio, key_of(folio))

    show.open_link(page=folio)
    key = key_of(folio)
    assert opens(folio, key)
    show.close_link(page=folio)

    assert not opens(folio, key)


def test_a_link_that_was_withdrawn_never_opens_again(folio):
    show.open_link(page=folio)
    first = key_of(folio)
    show.close_link(page=folio)
    show.open_link(page=folio)

    assert opens(folio, key_of(folio))
    assert not opens(folio, first)


def test_opening_an_open_link_keeps_it(folio):
    show.open_link(page=folio)
    first = key_of(folio)
    show.open_link(page=folio)

    assert key_of(folio) == first


def test_the_key_is_long_and_of_one_page_and_one_server(folio, bob, settings):
    other = Page.objects.create(owner=bob, title="Autre")
    key = key_of(folio)

    assert len(key) == 32
    assert key_of(other) != key
    settings.SECRET_KEY = "une autre clé du serveur"
    assert key_of(folio) != key


def test_nothing_of_the_key_is_in_the_row(folio):
    show.open_link(page=folio)

    assert key_of(folio) not in str(Page.objects.values().get())
