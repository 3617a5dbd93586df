import pytest

from pages.models import Page
from pages.services import make
from pages.services.show import open_link, show

pytestmark = pytest.mark.django_db


def test_one_s_pages_and_nobody_else_s(folio, bob, signed_in, read_only):
    theirs = make.create(owner=bob, title="Celle de Bob")
    show(page=theirs, visibility="public")
    show(page=folio, visibility="members")
    open_link(page=folio)

    member = signed_in(folio.owner)
    with read_only():
        html = member.get("/pages/").content.decode()

    assert 'href="/pages/" aria-current="page"' in html
    assert f'<a href="/pages/{folio.uid}/">Dix ans</a>' in html
    assert "Utilisateurs enregistrés" in html
    assert "Lien secret" in html
    assert "Celle de Bob" not in html


def test_without_a_page_one_is_told_how_to_begin(alice, signed_in):
    html = signed_in(alice).get("/pages/").content.decode()

    assert "Vous n’avez pas encore de page" in html
    assert "Créer une page" in html


def test_a_visitor_is_sent_to_sign_in_or_to_the_gallery(client, folio, read_only):
    with read_only():
        html = client.get("/pages/").content.decode()

    assert "Connectez-vous pour faire une page" in html
    assert 'href="/galerie/pages/"' in html
    assert "Dix ans" not in html


def test_creating_leads_to_the_editor(alice, signed_in):
    answer = signed_in(alice).post("/pages/creer/", {"owner": "1", "visibility": "public"})

    folio = Page.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/pages/{folio.uid}/modifier/")
    assert (folio.owner, folio.title, folio.visibility) == (alice, "Page sans titre", "private")


def test_too_many_pages_are_refused_with_a_sentence(folio, signed_in, monkeypatch):
    monkeypatch.setattr(make, "MAX_PAGES", 1)
    member = signed_in(folio.owner)

    for address in ("/pages/creer/", f"/pages/{folio.uid}/dupliquer/"):
        html = member.post(address, follow=True).content.decode()
        assert "Vous avez déjà 50 pages. Supprimez-en une d’abord." in html

    assert Page.objects.count() == 1


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_costs_the_same(alice, signed_in, django_assert_num_queries, number):
    for _turn in range(number):
        make.create(owner=alice, title="Page")
    member = signed_in(alice)

    with django_assert_num_queries(6):
        member.get("/pages/")
