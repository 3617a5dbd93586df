import pytest

from pages.models import Page
from pages.services.show import show
from pages.services.write import write
from tests.factories import AssertionFactory
from tests.pages.conftest import MEMBERS, NEVER, PRIVATE, PUBLIC, block, content, shown

pytestmark = pytest.mark.django_db
TAILS = ("", "modifier/", "versions/", "supprimer/", "partager/")
ACTS = ("annuler/", "dupliquer/", "versions/1/retablir/", "supprimer/", "partager/", "modifier/")


def article(html: str) -> str:
    return html[html.index("<article") : html.index("</article>")]


@pytest.mark.parametrize(
    "query, expected",
    [
        ("", {PUBLIC, MEMBERS, PRIVATE}),
        ("?comme=members", {PUBLIC, MEMBERS}),
        ("?comme=public", {PUBLIC}),
        ("?comme=admin", {PUBLIC, MEMBERS, PRIVATE}),
    ],
)
def test_its_owner_sees_it_as_others_do(full, badges, signed_in, read_only, query, expected):
    member = signed_in(full.owner)
    with read_only():
        html = member.get(f"/pages/{full.uid}/{query}").content.decode()

    assert shown(article(html), badges) == expected
    assert not shown(html, NEVER)


def test_the_preview_says_which_badges_will_be_missing_for_whom(full, signed_in):
    html = signed_in(full.owner).get(f"/pages/{full.uid}/").content.decode()
    notice = html[html.index("notice--late") : html.index("<article")]
    visitors, _between, members = notice.partition("Les utilisateurs enregistrés ne verront pas")

    assert "Les visiteurs sans compte ne verront pas" in visitors
    assert shown(visitors, (PUBLIC, MEMBERS, PRIVATE)) == {MEMBERS, PRIVATE}
    assert shown(members, (PUBLIC, MEMBERS, PRIVATE)) == {PRIVATE}
    assert "Une page ne montre jamais un badge à plus de monde que le badge lui-même." in notice


def test_a_badge_that_changes_is_missed_at_once(full, badges, signed_in):
    badges[PUBLIC].visibility = "private"
    badges[PUBLIC].save()

    html = signed_in(full.owner).get(f"/pages/{full.uid}/?comme=members").content.decode()

    assert shown(article(html), badges) == {MEMBERS}


@pytest.mark.parametrize("tail", TAILS)
def test_a_page_of_somebody_else_is_as_if_it_did_not_exist(folio, bob, signed_in, tail):
    show(page=folio, visibility="public")
    member = signed_in(bob)

    answer = member.get(f"/pages/{folio.uid}/{tail}")
    unknown = member.get(f"/pages/00000000-0000-4000-8000-000000000000/{tail}")

    assert answer.status_code == unknown.status_code == 404
    assert "Dix ans" not in answer.content.decode()


@pytest.mark.parametrize("tail", ACTS)
def test_nobody_changes_a_page_of_somebody_else(folio, bob, signed_in, tail):
    show(page=folio, visibility="public")
    before = Page.objects.values().get()

    answer = signed_in(bob).post(
        f"/pages/{folio.uid}/{tail}",
        {"title": "Volée", "theme": "night", "action": "save", "visibility": "private", "link": "open"},
    )

    assert answer.status_code == 404
    assert Page.objects.values().get() == before
    assert folio.versions.count() == 1


def test_a_copy_opens_in_the_editor(folio, signed_in):
    answer = signed_in(folio.owner).post(f"/pages/{folio.uid}/dupliquer/")

    copy = Page.objects.exclude(pk=folio.pk).get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/pages/{copy.uid}/modifier/")
    assert copy.title == "Copie de Dix ans"


def test_deleting_asks_first(folio, signed_in, read_only):
    member = signed_in(folio.owner)
    with read_only():
        html = member.get(f"/pages/{folio.uid}/supprimer/").content.decode()
    assert "La page «\u00a0Dix ans\u00a0», ses versions et ses liens disparaîtront pour de bon." in html
    assert Page.objects.exists()

    answer = member.post(f"/pages/{folio.uid}/supprimer/", follow=True)

    assert not Page.objects.exists()
    assert "La page est supprimée." in answer.content.decode()


@pytest.mark.parametrize("number", [1, 20])
def test_the_preview_costs_the_same(folio, alice, signed_in, django_assert_num_queries, number):

    uids = [str(AssertionFactory(accepted=True, holder=alice).uid) for _turn in range(number)]
    write(page=folio, content=content(*(block("badges", badges=uids) for _turn in range(number))))
    member = signed_in(alice)

    with django_assert_num_queries(10):
        member.get(f"/pages/{folio.uid}/")
