"""The five lists of « Connexions »: what they name, search, page and cost."""

import re

import pytest
from django.utils import timezone

from connections.models import BadgeFollow, Block, IssuerFollow, PersonFollow
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory

pytestmark = pytest.mark.django_db
LISTS = {
    "": "Vous ne suivez encore personne",
    "badges/": "Vous ne suivez encore aucun badge",
    "emetteurs/": "Vous ne suivez encore aucun émetteur",
    "abonnes/": "Personne ne vous suit encore",
    "suggestions/": "Pas encore de suggestion",
    "ecartees/": "Vous n’avez bloqué personne.",
}


def html_of(browser, path):
    return browser.get(f"/connexions/{path}").content.decode()


def names(html):
    return re.findall(r'<(?:a|span) class="person__name"[^>]*>([^<]+)</', html)


def tabs(html):
    found = re.findall(r'<a href="/connexions/[^"]*"[^>]*>(\S+) <span class="soft">(\d+)</span>', html)
    return {name: int(count) for name, count in found}


def person(shows, n, name="Personne"):
    return shows(UserFactory(name=f"{name} {n:02}"), "public")


def followed(bob, one, state="accepted"):
    answered = None if state == "asked" else timezone.now()
    return PersonFollow.objects.create(follower=bob, followed=one, state=state, answered_at=answered)


def following(bob, one, state="accepted"):
    return followed(one, bob, state)


def fill(bob, shows, number):
    """`number` rows of everything that the lists name, new ones at each call."""
    shared = BadgeClassFactory()
    AssertionFactory(accepted=True, holder=bob, badge_class=shared)
    for n in range(number):
        badge_class = BadgeClassFactory()
        BadgeFollow.objects.create(user=bob, badge_class=badge_class)
        IssuerFollow.objects.create(user=bob, issuer=badge_class.issuer)
        for add, state in (
            (followed, "accepted"),
            (followed, "asked"),
            (following, "accepted"),
            (following, "asked"),
            (following, "refused"),
        ):
            add(bob, person(shows, n), state)
        Block.objects.create(person=bob, blocked=person(shows, n))
        twin = person(shows, n)
        AssertionFactory(public=True, holder=twin, badge_class=shared, recipient_name=twin.name)


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_says_why_and_what_next(bob, signed_in, read_only, path):
    browser = signed_in(bob)
    with read_only():
        html = html_of(browser, path)

    assert LISTS[path] in html
    assert "UNDEFINED" not in html
    assert names(html) == []


def test_the_tabs_count_what_they_list(bob, shows, signed_in):
    fill(bob, shows, 2)
    browser = signed_in(bob)

    for path in list(LISTS)[:5]:
        assert tabs(html_of(browser, path)) == {"Personnes": 2, "Badges": 2, "Émetteurs": 2, "Abonnés": 2}
    assert names(html_of(browser, "")) == ["Personne 00", "Personne 01"] * 2  # followed, then asked
    assert names(html_of(browser, "abonnes/")) == ["Personne 00", "Personne 01"] * 2  # asking, then following
    assert names(html_of(browser, "suggestions/")) == ["Personne 00", "Personne 01"]
    assert names(html_of(browser, "ecartees/"))[2:] == ["Personne 00", "Personne 01"]


def test_waiting_requests_are_counted_beside_the_tab_of_every_page_and_on_the_lists(bob, shows, signed_in):
    browser = signed_in(bob)
    assert "laquelle répondre" not in html_of(browser, "")
    following(bob, person(shows, 1), "asked")

    for path in ("/connexions/", "/accueil/", "/badges/"):
        assert "(1 demande à laquelle répondre)" in browser.get(path).content.decode()
    assert "1 personne demande à vous suivre." in html_of(browser, "")
    assert "1 personne demande à vous suivre." not in html_of(browser, "abonnes/")
    following(bob, person(shows, 2), "asked")
    assert "(2 demandes auxquelles répondre)" in browser.get("/accueil/").content.decode()


def test_a_refusal_reads_as_a_question_that_waits(bob, shows, signed_in):
    followed(bob, person(shows, 1), "asked")
    followed(bob, person(shows, 2), "refused")
    taken_back = followed(bob, person(shows, 3), "refused")
    PersonFollow.objects.filter(pk=taken_back.pk).update(is_wanted=False)

    html = html_of(signed_in(bob), "")
    assert names(html) == ["Personne 01", "Personne 02"]
    assert html.count("Retirer<span") == 2
    assert "efus" not in html.replace("demandes refusées", "")


@pytest.mark.parametrize(
    "path, query, expected",
    [
        ("", "élodie", ["Élodie Roussel"]),
        ("", "rous elo", ["Élodie Roussel"]),
        ("", "bob", []),
        ("", "%", []),
        ("abonnes/", "ELODIE", ["Élodie Roussel"]),
        ("abonnes/", "personne", ["Personne 01"]),
        ("suggestions/", "elodie", ["Élodie Roussel"]),
        ("suggestions/", "personne", []),
        ("emetteurs/", "planet", ["Planétarium"]),
        ("emetteurs/", "absent", []),
    ],
)
def test_a_name_is_searched(bob, shows, signed_in, path, query, expected):
    shared = BadgeClassFactory(issuer=IssuerFactory(name="Planétarium"))
    AssertionFactory(accepted=True, holder=bob, badge_class=shared)
    if path == "emetteurs/":
        IssuerFollow.objects.create(user=bob, issuer=shared.issuer)
        IssuerFollow.objects.create(user=bob, issuer=BadgeClassFactory().issuer)
    for one in (shows(UserFactory(name="Élodie Roussel"), "public"), person(shows, 1)):
        if path == "suggestions/":
            given = "Élodie" in one.name
            AssertionFactory(
                **{"public" if given else "accepted": True},
                holder=one,
                badge_class=shared,
                recipient_name=one.name,
            )
        else:
            (following if path == "abonnes/" else followed)(bob, one)

    html = signed_in(bob).get(f"/connexions/{path}", {"nom": query}).content.decode()
    assert names(html) == expected
    assert f'value="{query}"' in html
    assert "Tout afficher" in html or path == "suggestions/"


def test_a_badge_is_searched_by_its_name(bob, signed_in):
    for name in ("Podcast", "Débat"):
        BadgeFollow.objects.create(user=bob, badge_class=BadgeClassFactory(name=name))

    html = html_of(signed_in(bob), "badges/?nom=debat")
    assert "1 résultat" in html
    assert ["Débat</a>" in html, "Podcast</a>" in html] == [True, False]


def test_a_long_search_says_so_and_lists_everything(bob, shows, signed_in):
    followed(bob, person(shows, 1))

    html = html_of(signed_in(bob), f"?nom={'x' * 101}")
    assert "Écrivez 100 caractères au plus." in html
    assert names(html) == ["Personne 01"]


@pytest.mark.parametrize(
    "path, by", [("", "apres"), ("", "suite"), ("abonnes/", "apres"), ("abonnes/", "suite")]
)
def test_each_list_of_a_page_has_its_own_pages(bob, shows, signed_in, settings, path, by):
    settings.RECIPIENTS_PER_PAGE = 2
    add, state = (following if path else followed), ("asked" if by == "suite" else "accepted")
    for n in range(5):
        add(bob, person(shows, n), state)
    browser = signed_in(bob)
    address, seen = path, []
    while address is not None:
        html = html_of(browser, address)
        seen += names(html)
        following_page = re.search(r'href="(\?[^"]+)" rel="next"', html)
        assert following_page is None or f"{by}=" in following_page[1]
        address = following_page and f"{path}{following_page[1]}"

    assert seen == [f"Personne {n:02}" for n in range(5)]
    assert browser.get(f"/connexions/{path}?{by}=%00nonsense").status_code == 200


def test_a_follower_whose_profile_is_private_has_a_name_and_nothing_else(bob, alice, signed_in):
    alice.profile.town = "Caen"
    alice.profile.save()
    following(bob, alice)
    nameless = UserFactory(name="")
    following(bob, nameless)

    html = html_of(signed_in(bob), "abonnes/")
    assert names(html) == ["Un membre", "Alice Martin"]
    assert "Caen" not in html
    assert alice.profile.handle not in html
    assert nameless.email not in html
    alice.profile.visibility = "members"
    alice.profile.save()
    html = html_of(signed_in(bob), "abonnes/")
    assert "Caen" in html
    assert f"/u/{alice.profile.handle}/" in html


def test_an_issuer_that_has_left_the_gallery_is_not_listed(bob, signed_in):
    issuer = BadgeClassFactory(published_at=None).issuer
    IssuerFollow.objects.create(user=bob, issuer=issuer)
    shown = IssuerFactory(name="Montré")
    for _ in range(2):
        BadgeClassFactory(issuer=shown)
    BadgeClassFactory(issuer=shown, published_at=None)
    IssuerFollow.objects.create(user=bob, issuer=shown)

    html = html_of(signed_in(bob), "emetteurs/")
    assert names(html) == ["Montré"]
    assert "2 badges" in html
    assert tabs(html)["Émetteurs"] == 1


# Session, account, statement in force (two: none is), name, counts and bell of the header; then the counts
# beside the tabs of the page, and the lists.
SHELL, TABS = 7, 1


@pytest.mark.parametrize(
    "path, budget",
    [
        ("", SHELL + TABS + 2),
        ("badges/", SHELL + TABS + 1),
        ("emetteurs/", SHELL + TABS + 1),
        ("abonnes/", SHELL + TABS + 2),
        ("suggestions/", SHELL + TABS + 3),
        ("ecartees/", SHELL + 2),
        ("?nom=personne", SHELL + TABS + 3),
    ],
)
def test_a_list_costs_the_same_with_one_and_many(
    bob, shows, signed_in, path, budget, django_assert_num_queries
):
    browser = signed_in(bob)
    for number in (1, 17):
        fill(bob, shows, number)
        with django_assert_num_queries(budget):
            html_of(browser, path)
