import pytest

from pages.services.make import create
from pages.services.show import open_link, show
from pages.services.write import write
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory
from tests.pages.conftest import block, content

pytestmark = pytest.mark.django_db
ADDRESS = "/galerie/pages/"


def published(owner, title, visibility="public", *blocks):
    page = create(owner=owner, title=title)
    write(page=page, content=content(*blocks, title=title))
    show(page=page, visibility=visibility)
    return page


@pytest.fixture
def pages(alice):
    """One page of each visibility; a secret link lists nothing."""
    made = [published(alice, f"Titre{level}", level) for level in ("private", "members", "public")]
    open_link(page=made[0])
    return made


def titles(html) -> set[str]:
    return {f"Titre{level}" for level in ("private", "members", "public") if f"Titre{level}" in html}


def test_pages_are_listed_to_those_who_may_open_them(client, alice, bob, pages, signed_in, read_only):
    expected = [
        (client, {"Titrepublic"}, "1 page"),
        (signed_in(bob), {"Titrepublic", "Titremembers"}, "2 pages"),
        (signed_in(alice), {"Titrepublic", "Titremembers"}, "2 pages"),
    ]
    for browser, seen, count in expected:
        with read_only():
            html = browser.get(ADDRESS).content.decode()
        assert "<h1>Galerie / Page</h1>" in html
        assert f'href="{ADDRESS}" aria-current="page"' in html
        assert titles(html) == seen
        assert f'class="results">{count}</h2>' in html
        assert "Alice Martin, mise à jour le" in html


@pytest.mark.parametrize(
    "query, found",
    [
        ("titre=titrepublic", True),
        ("titre=TITRÉPUBLIC", True),
        ("nom=martin+alice", True),
        ("nom=bob", False),
        ("titre=titreprivate", False),
        ("titre=titremembers", False),
        ("titre=%25", False),
        ("titre=titre&nom=martin", True),
    ],
)
def test_a_search_finds_nothing_that_may_not_be_seen(client, pages, query, found):
    html = client.get(f"{ADDRESS}?{query}").content.decode()

    assert ("/p/" in html) is found
    assert ("Aucune page ne correspond" in html) is not found


def test_a_card_shows_the_badges_that_its_reader_may_see(client, alice, bob, signed_in):
    def award(image, **fields):
        badge_class = BadgeClassFactory(image=f"{image * 64}.png")
        return str(AssertionFactory(badge_class=badge_class, **fields).uid)

    uids = [
        award("a", public=True, holder=alice),
        award("b", members=True, holder=alice),
        award("c", accepted=True, holder=alice),
        award("d", public=True, holder=bob),
        award("e", public=True, holder=alice, revoked=True),
    ]
    published(alice, "Page", "public", block("badges", badges=uids))

    for browser, expected in ((client, "a"), (signed_in(bob), "ab"), (signed_in(alice), "ab")):
        html = browser.get(ADDRESS).content.decode()
        assert "".join(letter for letter in "abcde" if letter * 64 in html) == expected


def test_a_page_of_a_closed_account_is_not_listed(client, pages, alice):
    alice.is_active = False
    alice.save()

    html = client.get(ADDRESS).content.decode()

    assert titles(html) == set()
    assert "Aucune page n’est encore publiée" in html


def test_pages_come_the_last_changed_first_and_by_pages(client, alice, settings):
    settings.BADGES_PER_PAGE = 2
    for number in range(3):
        published(alice, f"Numero{number}")

    html = client.get(ADDRESS).content.decode()

    assert html.index("Numero2") < html.index("Numero1")
    assert "Numero0" not in html
    following = html[html.index("?apres=") :].partition('"')[0]
    assert "Numero0" in client.get(ADDRESS + following).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(client, django_assert_num_queries, number):
    for n in range(number):
        owner = UserFactory(name=f"Camille Durand{n}")
        uid = str(AssertionFactory(public=True, holder=owner).uid)
        published(owner, f"Page {n}", "public", block("badges", badges=[uid]))

    with django_assert_num_queries(3):
        client.get(ADDRESS)
