"""Links of a profile: rows, their order, and what is not an address."""

import re

import pytest

from accounts.services.profile import Link, set_links

pytestmark = pytest.mark.django_db
PATH = "/compte/profil/liens/"


@pytest.fixture
def browser(alice, signed_in):
    return signed_in(alice)


def rows(*links, action="") -> dict:
    data = {"row": [str(n) for n in range(len(links))], "action": action}
    for n, (label, url) in enumerate(links):
        data |= {f"{n}-label": label, f"{n}-url": url}
    return data


def kept(user) -> list[tuple[str, str]]:
    return list(user.profile.links.values_list("label", "url"))


ONE, TWO, THREE = (
    ("Un", "https://un.exemple/"),
    ("Deux", "http://deux.exemple/a?b=c"),
    ("Trois", "https://trois.exemple/"),
)


def test_links_are_kept_in_their_order_and_empty_rows_are_none(alice, browser):
    response = browser.post(PATH, rows(ONE, ("", " "), TWO))

    assert (response.status_code, response.headers["Location"]) == (303, PATH)
    assert kept(alice) == [ONE, TWO]
    assert "Vos liens sont enregistrés." in browser.get(PATH).content.decode()


def test_an_empty_row_waits_for_the_next_until_there_are_eight(alice, browser):
    def names():
        return re.findall(r'name="row" value="(\d+)"', browser.get(PATH).content.decode())

    assert names() == ["0"]
    set_links(profile=alice.profile, links=[Link(*ONE)] * 7)
    assert len(names()) == 8
    set_links(profile=alice.profile, links=[Link(*ONE)] * 8)
    assert len(names()) == 8


@pytest.mark.parametrize(
    "action, expected",
    [
        ("up:1", [TWO, ONE, THREE]),
        ("down:1", [ONE, THREE, TWO]),
        ("remove:0", [TWO, THREE]),
        ("up:0", [ONE, TWO, THREE]),
        ("down:2", [ONE, TWO, THREE]),
        ("up:77", [ONE, TWO, THREE]),
        ("explode:1", [ONE, TWO, THREE]),
        ("", [ONE, TWO, THREE]),
    ],
)
def test_buttons_move_and_remove(alice, browser, action, expected):
    assert browser.post(PATH, rows(ONE, TWO, THREE, action=action)).status_code == 303
    assert kept(alice) == expected


def test_a_button_keeps_what_is_being_written(alice, browser):
    set_links(profile=alice.profile, links=[Link(*ONE), Link(*TWO)])

    browser.post(PATH, rows(("Un mieux dit", ONE[1]), TWO, THREE, action="up:2"))

    assert kept(alice) == [("Un mieux dit", ONE[1]), THREE, TWO]


def test_rows_that_were_dragged_come_in_their_new_order(alice, browser):
    data = rows(ONE, TWO, THREE)
    browser.post(PATH, {**data, "row": ["2", "0", "1"]})

    assert kept(alice) == [THREE, ONE, TWO]


def test_without_a_name_the_site_is_one(alice, browser):
    browser.post(PATH, rows(("", "https://www.mediation.exemple/moi")))

    assert kept(alice) == [("mediation.exemple", "https://www.mediation.exemple/moi")]


@pytest.mark.parametrize(
    "label, url, sentence",
    [
        ("Mon site", "javascript:alert(1)", "Écrivez une adresse complète, avec https://"),
        ("Mon site", "ftp://exemple.fr/", "Écrivez une adresse complète, avec https://"),
        ("Mon site", "exemple.fr", "Écrivez une adresse complète, avec https://"),
        ("Mon site", "//exemple.fr/", "Écrivez une adresse complète, avec https://"),
        ("Mon site", "", "Indiquez l’adresse de ce lien, ou effacez son nom."),
        ("x" * 61, "https://exemple.fr/", None),
        ("Mon site", "https://exemple.fr/" + "x" * 400, None),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_nothing_is_lost(
    alice, browser, error_of, label, url, sentence
):
    set_links(profile=alice.profile, links=[Link(*THREE)])

    response = browser.post(PATH, rows(ONE, (label, url), TWO))

    html = response.content.decode()
    assert response.status_code == 422
    assert len(error_of(response)) == 1
    assert sentence is None or error_of(response) == [sentence]
    for typed in (label, url, *ONE, *TWO):
        assert f'value="{typed}"' in html or not typed
    assert kept(alice) == [THREE]


def test_nine_links_are_too_many_and_come_back(alice, browser):
    links = [(f"Lien {n}", f"https://exemple.fr/{n}") for n in range(9)]

    response = browser.post(PATH, rows(*links))

    assert response.status_code == 422
    assert "Un profil a 8 liens au plus." in response.content.decode()
    assert all(f'value="{label}"' in response.content.decode() for label, _url in links)
    assert kept(alice) == []


def test_a_row_posted_twice_is_one(alice, browser):
    browser.post(PATH, {**rows(ONE), "row": ["0", "0", "zéro", "1e5", "-1"]})

    assert kept(alice) == [ONE]


def test_one_s_links_are_nobody_else_s(alice, bob, browser):
    set_links(profile=bob.profile, links=[Link(*TWO)])
    browser.post(PATH, rows(ONE))

    assert (kept(alice), kept(bob)) == ([ONE], [TWO])


def test_the_page_costs_the_same_with_every_link(alice, browser, django_assert_num_queries):
    """Session, person, consent, profile twice (the header has its own), links, waiting badges."""
    with django_assert_num_queries(9):
        browser.get(PATH)
    set_links(profile=alice.profile, links=[Link(*ONE)] * 8)
    with django_assert_num_queries(9):
        browser.get(PATH)
