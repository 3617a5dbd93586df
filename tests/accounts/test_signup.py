"""Sign-up without an invitation: consent, then the mailbox, then the account."""

import hashlib

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.models import Consent, Profile, User
from notifications.models import Message
from tests.factories import LegalDocumentFactory

pytestmark = pytest.mark.django_db
SIGNUP = "/compte/inscription/"


@pytest.fixture
def answers(statement):
    return {
        "document": statement.pk,
        "consent": "on",
        "email": "Charlie@Exemple.fr",
        "first_name": "Charlie",
        "last_name": "Petit",
        "password1": "",
    }


def test_the_statement_is_readable_in_place_and_its_box_is_never_ticked(client, statement):
    html = client.get(SIGNUP).content.decode()
    assert "<summary>Déclaration de protection des données</summary>" in html
    assert statement.text in html
    assert '<input type="checkbox" name="consent"' in html
    assert "checked" not in html
    assert "J’ai lu et j’accepte cette Déclaration de protection des données" in html
    assert html.index('name="consent"') < html.index('name="email"')


def test_code_opens_the_account_with_profile_and_consent(client, answers, statement, code):
    response = client.post(SIGNUP, answers)
    assert (response.status_code, response.headers["Location"]) == (302, "/compte/confirmer/")
    assert EmailAddress.objects.get().verified is False
    assert "_auth_user_id" not in client.session

    page = client.get("/compte/confirmer/").content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    response = client.post("/compte/confirmer/", {"code": code("charlie@exemple.fr")})

    user = User.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, reverse("home:home"))
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.email, user.has_usable_password(), user.name) == (
        "charlie@exemple.fr",
        False,
        "Charlie Petit",
    )
    address = EmailAddress.objects.get()
    assert (address.email, address.verified, address.primary) == ("charlie@exemple.fr", True, True)
    assert user.profile.visibility == "private"
    consent = Consent.objects.get()
    assert (consent.user, consent.document) == (user, statement)
    assert consent.sha256 == hashlib.sha256(statement.text.encode()).hexdigest()


def test_without_consent_nothing_is_created(client, answers, error_of):
    response = client.post(SIGNUP, {**answers, "consent": ""})
    assert error_of(response) == ["Cochez cette case pour continuer\u00a0: sans elle, rien n’est créé."]
    assert 'value="Charlie@Exemple.fr"' in response.content.decode()
    assert (User.objects.count(), Message.objects.count()) == (0, 0)


def test_a_text_that_changed_meanwhile_is_asked_again(client, answers, error_of):
    new = LegalDocumentFactory(text="La nouvelle déclaration.")
    response = client.post(SIGNUP, answers)
    assert error_of(response) == [
        "La déclaration a changé depuis que vous avez ouvert cette page. Relisez-la."
    ]
    html = response.content.decode()
    assert "La nouvelle déclaration." in html
    assert "checked" not in html
    assert f'name="document" value="{new.pk}"' in html
    assert User.objects.count() == 0
    client.post(SIGNUP, {**answers, "document": new.pk})
    assert Consent.objects.get().document == new


def test_without_a_published_statement_there_is_nothing_to_tick(client, db, code):
    html = client.get(SIGNUP).content.decode()
    assert "consent" not in html
    client.post(SIGNUP, {"email": "charlie@exemple.fr"})
    client.post("/compte/confirmer/", {"code": code("charlie@exemple.fr")})
    assert Consent.objects.count() == 0
    assert Profile.objects.get().user.email == "charlie@exemple.fr"


@pytest.mark.parametrize("known", [False, True])
def test_a_known_address_gets_the_same_answer_as_a_new_one(client, answers, alice, known):
    address = "alice@exemple.fr" if known else "charlie@exemple.fr"
    response = client.post(SIGNUP, {**answers, "email": address})
    page = client.get(response.headers["Location"])
    html = page.content.decode().replace(address, "ADRESSE")
    assert response.status_code, response.headers["Location"] == (302, "/compte/confirmer/")
    assert "Un e-mail vient de partir à <strong>ADRESSE</strong>." in html
    assert "Envoyer un autre code" in html
    mail = Message.objects.get()
    assert mail.address == address
    template = "account_already_exists" if known else "email_confirmation_signup"
    assert mail.context["template"] == f"account/email/{template}"
    assert User.objects.count() == (1 if known else 2)
    assert alice.consents.count() == 0


def test_a_password_is_optional_but_never_weak(client, answers, error_of):
    response = client.post(SIGNUP, {**answers, "password1": "court"})
    assert any("12" in sentence for sentence in error_of(response))
    assert User.objects.count() == 0
    client.post(SIGNUP, {**answers, "password1": "une phrase bien longue"})
    assert User.objects.get().check_password("une phrase bien longue")


@pytest.mark.parametrize(
    "field, value",
    [
        ("email", "charlie@"),
        ("email", ""),
        ("first_name", "<script>alert(1)</script>"),
        ("last_name", "x" * 81),
        ("first_name", "Ali\u202ece"),
    ],
)
def test_bad_input_is_said_beside_its_field(client, answers, error_of, field, value):
    response = client.post(SIGNUP, {**answers, field: value})
    assert len(error_of(response)) == 1
    assert (User.objects.count(), Message.objects.count()) == (0, 0)


def test_wrong_codes_end_the_attempt(client, answers, code):
    client.post(SIGNUP, answers)
    right = code("charlie@exemple.fr")
    for _attempt in range(2):
        response = client.post("/compte/confirmer/", {"code": "00000000"})
        assert "Ce code n’est pas le bon." in response.content.decode()
    assert client.post("/compte/confirmer/", {"code": "00000000"}).headers["Location"] == "/compte/connexion/"
    client.post("/compte/confirmer/", {"code": right})
    assert EmailAddress.objects.get().verified is False
    assert "_auth_user_id" not in client.session


def test_next_is_kept_until_the_account_is_open(client, answers, code):
    target = "/galerie/badges/?mots=eau"
    client.post(f"{SIGNUP}?next=%2Fgalerie%2Fbadges%2F%3Fmots%3Deau", {**answers, "next": target})
    response = client.post("/compte/confirmer/", {"code": code("charlie@exemple.fr")})
    assert response.headers["Location"] == target


def test_the_owner_of_an_address_is_not_let_into_what_a_squatter_prepared(client, answers, code):
    client.post(SIGNUP, {**answers, "password1": "le mot de passe du squatteur"})
    owner = type(client)()
    owner.post("/compte/code/", {"email": "charlie@exemple.fr"})
    owner.post("/compte/code/confirmer/", {"code": code("charlie@exemple.fr")})
    user = User.objects.get()
    assert owner.session["_auth_user_id"] == str(user.pk)
    assert user.has_usable_password() is False
    response = client.post(
        "/compte/connexion/", {"login": "charlie@exemple.fr", "password": "le mot de passe du squatteur"}
    )
    assert "_auth_user_id" not in client.session
    assert response.status_code == 302 or "Adresse ou mot de passe incorrect." in response.content.decode()
