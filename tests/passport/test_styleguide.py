import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override


def test_styleguide_renders_every_component(client, db):
    response = client.get("/styleguide/")
    assert response.status_code == 200
    html = response.content.decode()
    assert "Guide de style" in html
    for mark in (
        "spread",
        "coupon",
        "notice--no",
        "stamps",
        "pager",
        "people",
        "choices",
        "switch3",
        "field",
        "empty",
    ):
        assert f'class="{mark}' in html or f" {mark}" in html
    assert "21 bénéficiaires" in html
    assert "1 bénéficiaire<" in html


def test_the_site_speaks_french_whatever_the_browser_prefers(client, db):
    html = client.get("/styleguide/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="fr">' in html
    assert "ACCUEIL" in html


def test_the_site_speaks_english_where_its_owner_says_so(client, db):
    with override("en"):
        html = client.get("/styleguide/").content.decode()
    assert '<html lang="en">' in html
    assert "Style guide" in html


PAGES = {
    "400.html": "Le site n’a pas compris cette demande",
    "403_csrf.html": "Ce formulaire a expiré",
    "429.html": "Trop de tentatives en peu de temps",
    "500.html": "Le site a rencontré une erreur",
}


@pytest.mark.parametrize("name,heading", PAGES.items())
def test_error_pages_stand_alone(name, heading):
    """Without a request nothing is known: neither person, nor tabs, nor the site's name."""
    with override("fr"):
        html = render_to_string(name)
    assert f"<h1>{heading}</h1>" in html
    assert '<html lang="fr">' in html
    assert "Passeport à badges" in html
    assert 'class="tabs' not in html


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_error_pages_ask_neither_session_nor_database(name, rf):
    def broken():
        raise RuntimeError("the database is gone")

    request = rf.get("/")
    request.user = SimpleLazyObject(broken)
    request.resolver_match = None
    html = render_to_string(name, {"messages": SimpleLazyObject(broken)}, request)
    assert "lost" in html


@pytest.mark.parametrize(
    "level,shown",
    [
        (messages.SUCCESS, 'class="notice notice--ok" role="status"'),
        (messages.WARNING, 'class="notice notice--late" role="status"'),
        (messages.ERROR, 'class="notice notice--no" role="alert"'),
        (messages.INFO, 'class="notice" role="status"'),
    ],
)
def test_messages_are_notices(level, shown):
    html = render_to_string("layout/_messages.html", {"messages": [Message(level, "<b>Fait")]})
    assert shown in html
    assert "&lt;b&gt;Fait" in html
