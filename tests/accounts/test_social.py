"""Facebook and LinkedIn, spoken to over HTTP with their real protocols."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken

from accounts.models import Consent, User
from notifications.models import Message
from tests.providers import walk

pytestmark = pytest.mark.django_db
LINKEDIN, FACEBOOK = "/compte/oidc/linkedin/login/", "/compte/facebook/login/"
SIGNUP = "/compte/reseaux/inscription/"


@pytest.fixture
def by_linkedin(linkedin):
    def go(client, person, **data):
        target = walk.leave(client, LINKEDIN, **data)
        return client.get(walk.back_from_linkedin(linkedin, target, person))

    return go


@pytest.fixture
def by_facebook(facebook):
    def go(client, person, **data):
        target = walk.leave(client, FACEBOOK, **data)
        return client.get(walk.back_from_facebook(facebook, target, person))

    return go


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def addresses(user) -> dict[str, tuple[bool, bool]]:
    return {a.email: (a.verified, a.primary) for a in EmailAddress.objects.filter(user=user)}


def test_buttons_are_forms_and_stand_where_keys_are_configured(client, linkedin, facebook):
    html = client.get("/compte/connexion/?next=/badges/").content.decode()
    assert html.index("Continuer avec LinkedIn") < html.index("Continuer avec Facebook")
    assert html.count('name="next" value="/badges/"') == 3
    assert f'<form method="post" action="{LINKEDIN}">' in html
    assert f'<form method="post" action="{FACEBOOK}">' in html


@pytest.mark.parametrize("path", [LINKEDIN, FACEBOOK])
def test_a_link_signs_nobody_in(client, linkedin, facebook, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "http-equiv" not in response.content.decode()
    assert '<form method="post"' in response.content.decode()


def test_linkedin_is_asked_with_state_pkce_and_our_callback(client, linkedin):
    target = walk.leave(client, LINKEDIN)
    query = parse_qs(urlsplit(target).query)
    assert target.startswith(f"{linkedin.url}/identity/o/authorize?")
    assert query["redirect_uri"] == ["http://testserver/compte/oidc/linkedin/login/callback/"]
    assert set(query["scope"][0].split()) == {"openid", "profile", "email"}
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["state"][0]) >= 16


def test_a_verified_address_needs_consent_and_no_mail(client, by_linkedin, statement):
    response = by_linkedin(client, "claire", next="/galerie/badges/")
    assert response.headers["Location"] == SIGNUP
    assert (User.objects.count(), is_signed_in(client)) == (0, False)
    html = client.get(SIGNUP).content.decode()
    assert statement.text in html
    assert "checked" not in html
    assert 'value="claire.martin@exemple.fr" readonly' in html
    assert 'value="Claire"' in html

    refused = client.post(SIGNUP, {"document": statement.pk, "first_name": "Claire", "last_name": "Martin"})
    assert refused.status_code == 200
    assert User.objects.count() == 0
    answers = {"document": statement.pk, "consent": "on", "first_name": "Claire", "last_name": "Martin"}
    response = client.post(SIGNUP, {**answers, "email": "autre@exemple.fr"})

    user = User.objects.get()
    assert response.headers["Location"] == "/galerie/badges/"
    assert is_signed_in(client)
    assert addresses(user) == {"claire.martin@exemple.fr": (True, True)}
    assert (user.name, user.has_usable_password()) == ("Claire Martin", False)
    assert Consent.objects.get().document == statement
    assert Message.objects.count() == 0
    assert SocialAccount.objects.get().provider == "linkedin"
    assert SocialToken.objects.count() == 0


def test_the_second_time_it_signs_in(client, by_linkedin, statement):
    by_linkedin(client, "claire")
    client.post(
        SIGNUP, {"document": statement.pk, "consent": "on", "first_name": "Claire", "last_name": "Martin"}
    )
    other = type(client)()
    response = by_linkedin(other, "claire", next="/compte/")
    assert response.headers["Location"] == "/compte/"
    assert is_signed_in(other)
    assert User.objects.count() == 1


@pytest.mark.parametrize("network, person", [("linkedin", "nadia"), ("facebook", "10")])
def test_an_address_that_is_not_verified_gets_a_code(
    client, by_linkedin, by_facebook, statement, code, network, person
):
    (by_linkedin if network == "linkedin" else by_facebook)(client, person)
    html = client.get(SIGNUP).content.decode()
    assert "readonly" not in html
    address = "nadia@exemple.fr" if network == "linkedin" else "claire.martin@exemple.fr"
    assert f'value="{address}"' in html
    answers = {
        "document": statement.pk,
        "consent": "on",
        "email": address,
        "first_name": "C",
        "last_name": "M",
    }
    response = client.post(SIGNUP, answers)
    assert response.headers["Location"] == "/compte/confirmer/"
    assert is_signed_in(client) is False
    assert addresses(User.objects.get()) == {address: (False, True)}
    client.post("/compte/confirmer/", {"code": code(address)})
    assert is_signed_in(client)
    assert addresses(User.objects.get()) == {address: (True, True)}


def test_a_person_without_address_gives_one(client, by_facebook, statement):
    by_facebook(client, "12")
    answers = {"document": statement.pk, "consent": "on", "first_name": "Nadia", "last_name": "Sans"}
    assert client.post(SIGNUP, answers).status_code == 200
    assert User.objects.count() == 0
    client.post(SIGNUP, {**answers, "email": "nadia@exemple.fr"})
    assert addresses(User.objects.get()) == {"nadia@exemple.fr": (False, True)}


def test_a_verified_address_of_an_account_does_not_enter_it(client, by_linkedin, alice):
    response = by_linkedin(client, "alice")
    assert response.headers["Location"] == "/compte/connexion/?next=%2Fcompte%2F"
    assert is_signed_in(client) is False
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)
    html = client.get(response.headers["Location"]).content.decode()
    assert "Un compte utilise déjà l’adresse alice@exemple.fr." in html
    assert 'value="alice@exemple.fr"' in html


@pytest.mark.parametrize("network, person", [("linkedin", "louis"), ("facebook", "11")])
def test_an_unverified_address_of_an_account_neither_enters_it_nor_tells_of_it(
    client, by_linkedin, by_facebook, alice, statement, network, person
):
    (by_linkedin if network == "linkedin" else by_facebook)(client, person)
    answers = {
        "document": statement.pk,
        "consent": "on",
        "email": "alice@exemple.fr",
        "first_name": "L",
        "last_name": "F",
    }
    response = client.post(SIGNUP, answers)
    assert response.headers["Location"] == "/compte/confirmer/"
    assert is_signed_in(client) is False
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)
    mail = Message.objects.get()
    assert (mail.address, mail.context["template"]) == (
        "alice@exemple.fr",
        "account/email/account_already_exists",
    )


def test_a_network_is_linked_from_the_settings_and_then_signs_in(client, by_linkedin, alice, signed_in):
    browser = signed_in(alice)
    alice.set_unusable_password()
    alice.save()
    browser = signed_in(alice)
    assert "Relier à mon compte" in browser.get("/compte/").content.decode()
    response = by_linkedin(browser, "claire", process="connect", next="/compte/")
    assert response.headers["Location"] == "/compte/"
    account = SocialAccount.objects.get()
    assert account.user == alice
    assert addresses(alice) == {"alice@exemple.fr": (True, True)}
    assert Message.objects.get().context["template"] == "socialaccount/email/account_connected"
    by_linkedin(client, "claire")
    assert client.session["_auth_user_id"] == str(alice.pk)
    response = browser.post("/compte/reseaux/", {"account": account.pk})
    assert response.headers["Location"] == "/compte/"
    assert SocialAccount.objects.count() == 0


def test_linking_what_opens_another_account_is_refused(client, by_linkedin, alice, bob, signed_in):
    SocialAccount.objects.create(user=bob, provider="linkedin", uid="1", extra_data={})
    browser = signed_in(alice)
    records = browser.session
    response = by_linkedin(browser, "claire", process="connect", next="/compte/")
    if response.headers["Location"] == "/compte/reauthentification/":
        response = browser.post("/compte/reauthentification/", {"password": "alice a douze lettres"})
    html = browser.get("/compte/").content.decode()
    assert "Cette connexion ouvre déjà un autre compte." in html
    assert SocialAccount.objects.get().user == bob
    assert records is not None


def test_a_password_is_asked_before_linking(by_linkedin, alice, signed_in):
    browser = signed_in(alice)
    response = by_linkedin(browser, "claire", process="connect", next="/compte/")
    assert response.headers["Location"] == "/compte/reauthentification/"
    assert SocialAccount.objects.count() == 0
    browser.post("/compte/reauthentification/", {"password": "alice a douze lettres"})
    assert SocialAccount.objects.get().user == alice


def test_facebook_refuses_a_second_use_of_a_code_and_so_do_we(client, facebook):
    target = walk.leave(client, FACEBOOK)
    back = walk.back_from_facebook(facebook, target, "10")
    assert client.get(back).headers["Location"] == SIGNUP
    again = client.get(back)
    assert again.status_code == 401
    assert "La connexion a échoué" in again.content.decode()
    stranger = type(client)()
    assert stranger.get(back).status_code == 401


def test_facebook_checks_secret_and_callback(client, facebook, settings):
    providers = settings.SOCIALACCOUNT_PROVIDERS
    providers["facebook"]["APPS"][0]["secret"] = "faux"
    back = walk.back_from_facebook(facebook, walk.leave(client, FACEBOOK), "10")
    assert client.get(back).status_code == 401
    assert facebook.refusals == ["client_secret"]
    facebook.callbacks = {"http://ailleurs/"}
    assert requests.get(walk.leave(client, FACEBOOK)).status_code == 400
    assert facebook.refusals == ["client_secret", "redirect_uri"]
    assert User.objects.count() == 0


def test_a_forged_state_is_refused(client, linkedin):
    back = walk.back_from_linkedin(linkedin, walk.leave(client, LINKEDIN), "claire")
    forged = back.replace("state=", "state=x")
    assert client.get(forged).status_code == 401
    assert (User.objects.count(), is_signed_in(client)) == (0, False)


def test_a_change_of_mind_at_the_provider_is_no_error(client, linkedin, facebook):
    back = walk.back_from_facebook(facebook, walk.leave(client, FACEBOOK), "")
    response = client.get(back)
    assert response.headers["Location"] == "/compte/reseaux/annule/"
    back = walk.back_from_linkedin(linkedin, walk.leave(client, LINKEDIN), "claire", action="cancel")
    assert client.get(back).headers["Location"] == "/compte/reseaux/annule/"


def test_a_provider_that_does_not_answer_is_said_so(client, linkedin, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://localhost:9"
    response = client.post(LINKEDIN)
    assert response.headers["Location"] == "/compte/reseaux/erreur/"
    assert "La connexion a échoué" in client.get("/compte/reseaux/erreur/").content.decode()


@pytest.mark.parametrize("path", [LINKEDIN, FACEBOOK])
def test_next_to_another_site_is_forgotten(client, linkedin, facebook, statement, path):
    for target in (
        "https://mechant.example/",
        "//mechant.example/",
        "http://localhost:1/",
        "\\\\mechant.example",
    ):
        walk.leave(client, path, next=target)
        states = client.session["socialaccount_states"]
        assert all("next" not in state[0] for state in states.values())
