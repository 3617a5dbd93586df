import pytest

from pages.models import Page
from pages.services.write import write
from tests.pages.conftest import content

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(folio, signed_in):
    for title in ("Deux", "Trois"):
        write(page=folio, content=content(title=title))
    return signed_in(folio.owner)


def test_versions_are_listed_the_newest_first(member, folio, read_only):
    with read_only():
        html = member.get(f"/pages/{folio.uid}/versions/").content.decode()

    titles = [html.index(f"<strong>{title}</strong>") for title in ("Trois", "Deux", "Dix ans")]
    assert titles == sorted(titles)
    assert html.count("Version actuelle") == 1
    assert html.count("/retablir/") == 2


def test_restoring_leads_back_to_the_editor(member, folio):
    answer = member.post(f"/pages/{folio.uid}/versions/1/retablir/")

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/pages/{folio.uid}/modifier/")
    assert Page.objects.get().title == "Dix ans"


@pytest.mark.parametrize("number", [0, 4, 99999999999999999999])
def test_a_version_that_is_not_there_is_not_found(member, folio, number):
    assert member.post(f"/pages/{folio.uid}/versions/{number}/retablir/").status_code == 404


def test_undo_says_what_it_did(member, folio):
    sentences = [
        member.post(f"/pages/{folio.uid}/annuler/", follow=True).content.decode() for _turn in range(3)
    ]

    assert ["La dernière modification est annulée." in html for html in sentences] == [True, True, False]
    assert "Il n’y a rien à annuler." in sentences[2]
    assert Page.objects.get().title == "Dix ans"


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_costs_the_same(folio, signed_in, django_assert_num_queries, number):
    for n in range(number):
        write(page=folio, content=content(title=f"Titre {n}"))
    member = signed_in(folio.owner)

    with django_assert_num_queries(9):
        member.get(f"/pages/{folio.uid}/versions/")
