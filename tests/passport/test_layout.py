"""What stands around every page: tabs, account menu, footer."""

import re

import pytest

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

TABS = ["ACCUEIL", "BADGES", "PAGE", "GALERIE", "CONNEXIONS"]


def page(client):
    return client.get("/styleguide/").content.decode()


def tabs(html):
    nav = re.search(r'<nav class="tabs.*?</nav>', html, re.S)[0]
    return re.findall(r"</svg>([A-Z]+)", nav)


def test_the_five_tabs_are_on_every_page(client, alice, signed_in):
    assert tabs(page(client)) == TABS
    assert tabs(page(signed_in(alice))) == TABS


def test_a_visitor_is_offered_to_sign_in(client):
    html = page(client)
    assert (
        '<a class="tool tool--line" href="/compte/login/">Connexion</a>' in html or ">Connexion</a>" in html
    )
    assert "Déconnexion" not in html


def test_account_menu_names_the_person_and_signs_out_by_post(alice, signed_in):
    html = page(signed_in(alice))
    assert '<span class="tool__name">Alice Martin</span>' in html
    assert "alice@exemple.fr" not in html
    assert re.search(
        r'<form method="post" action="[^"]+">\s*<input type="hidden" name="csrfmiddlewaretoken"', html
    )
    assert "Connexion</a>" not in html


def test_account_menu_of_a_person_without_name_shows_no_address(signed_in):
    html = page(signed_in(UserFactory(name="", email="secret@exemple.fr", password="douze lettres au moins")))
    assert "secret@" not in html
    assert "Mon compte" in html
