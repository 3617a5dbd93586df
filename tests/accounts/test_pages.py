"""Every page of an account answers, in French, to whom it is open, and writes nothing when it is only read."""

import pytest
from django.urls import reverse

from tests.factories import LegalDocumentFactory

pytestmark = pytest.mark.django_db

OPEN = {
    "account_login": "Connexion",
    "account_signup": "Créer votre passeport",
    "account_request_login_code": "Recevoir un code par e-mail",
    "account_reset_password": "Mot de passe oublié",
    "account_inactive": "Compte fermé",
    "account_password_reset_completed": "Mot de passe changé",
    "socialaccount_login_cancelled": "Connexion annulée",
    "accounts:help": "Aide",
    "accounts:legal_notice": "Mentions légales",
    "accounts:privacy_statement": "Déclaration de protection des données",
    "accounts:accessibility": "Accessibilité",
    "accounts:source": "Code source",
}
OWN = {
    "accounts:settings": "Paramètres et vie privée",
    "accounts:profile": "Mon profil",
    "account_change_password": "Changer mon mot de passe",
    "account_logout": "Déconnexion",
    "account_reauthenticate": "Confirmer que c’est vous",
}


def heading(response) -> str:
    html = response.content.decode()
    return html.partition("<h1>")[2].partition("</h1>")[0].strip()


@pytest.mark.parametrize("name, title", OPEN.items())
def test_open_pages(client, read_only, name, title):
    with read_only():
        response = client.get(reverse(name))
    assert (response.status_code, heading(response)) == (200, title)


@pytest.mark.parametrize("name, title", OWN.items())
def test_own_pages(alice, signed_in, read_only, name, title):
    browser = signed_in(alice)
    with read_only():
        response = browser.get(reverse(name))
    assert (response.status_code, heading(response)) == (200, title)


@pytest.mark.parametrize(
    "name", [*OWN.keys() - {"account_logout"}, "account_email", "socialaccount_connections"]
)
def test_own_pages_ask_to_sign_in(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/compte/connexion/?next=")


@pytest.mark.parametrize("name", ["account_email", "socialaccount_connections"])
def test_addresses_and_networks_are_parts_of_the_settings(alice, signed_in, name):
    response = signed_in(alice).get(reverse(name))
    assert (response.status_code, response.headers["Location"]) == (302, "/compte/")


def test_person_without_password_is_offered_to_choose_one(alice, signed_in):
    alice.set_unusable_password()
    alice.save()
    browser = signed_in(alice)
    assert heading(browser.get("/compte/mot-de-passe/choisir/")) == "Choisir un mot de passe"
    assert browser.get("/compte/mot-de-passe/changer/").headers["Location"] == "/compte/mot-de-passe/choisir/"
    assert "Choisir un mot de passe" in browser.get("/compte/").content.decode()


def test_a_text_that_is_not_published_is_said_to_be_missing(client):
    html = client.get("/protection-des-donnees/").content.decode()
    assert "L’organisateur de ce site n’a pas encore publié ce texte." in html


def test_a_text_is_shown_in_its_last_version(client):
    LegalDocumentFactory(version=1, text="Le *premier* texte.")
    LegalDocumentFactory(version=2, text="Le **second** texte.")
    html = client.get("/protection-des-donnees/").content.decode()
    assert "Le <strong>second</strong> texte." in html
    assert "premier" not in html
    assert "Version 2, publiée le" in html


def test_confirmation_without_a_code_that_waits_leads_back(client, alice, signed_in):
    assert client.get("/compte/confirmer/").headers["Location"] == "/compte/connexion/"
    assert client.get("/compte/code/confirmer/").headers["Location"] == "/compte/code/"
    assert client.get("/compte/mot-de-passe/oublie/code/").headers["Location"] == "/compte/connexion/"
    assert (
        client.get("/compte/mot-de-passe/oublie/nouveau/").headers["Location"]
        == "/compte/mot-de-passe/oublie/"
    )
    assert client.get("/compte/reseaux/inscription/").headers["Location"] == "/compte/connexion/"
    assert signed_in(alice).get("/compte/confirmer/").headers["Location"] == "/compte/adresses/"


def test_a_provider_without_keys_does_not_exist(client):
    assert client.post("/compte/oidc/linkedin/login/").status_code == 404
    assert client.post("/compte/oidc/inconnu/login/").status_code == 404
    assert client.post("/compte/facebook/login/").status_code == 404
    html = client.get("/compte/connexion/").content.decode()
    assert "LinkedIn" not in html
    assert "Facebook" not in html
