"""Signing in by password and by mailed code: answers that tell nothing, limits, `next`, mails through the outbox."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from notifications.enums import MessageState, Priority
from notifications.models import Message
from notifications.services.sending import send_due

pytestmark = pytest.mark.django_db
LOGIN, CODE, CONFIRM = "/compte/connexion/", "/compte/code/", "/compte/code/confirmer/"
ELSEWHERE = [
    "https://mechant.example/",
    "//mechant.example",
    "/\\mechant.example",
    "http://localhost/",
    "javascript:alert(1)",
]


def received(mailoutbox):
    (mail,) = mailoutbox
    return message_from_bytes(mail.message().as_bytes(), policy=policy.default)


def user_of(client) -> str:
    return client.session.get("_auth_user_id", "")


def test_password_signs_in_with_any_case(client, alice):
    response = client.post(LOGIN, {"login": "ALICE@exemple.fr", "password": "alice a douze lettres"})
    assert response.headers["Location"] == reverse("home:home")
    assert user_of(client) == str(alice.pk)


@pytest.mark.parametrize("address", ["alice@exemple.fr", "inconnue@exemple.fr"])
def test_wrong_password_and_unknown_address_get_one_answer(client, alice, error_of, address):
    response = client.post(LOGIN, {"login": address, "password": "pas le bon mot de passe"})
    html = response.content.decode()
    assert "<strong>Adresse ou mot de passe incorrect.</strong> Vérifiez les deux, ou" in html
    assert "demandez un code de connexion</a>." in html
    assert error_of(response) == ["Saisissez de nouveau votre mot de passe."]
    assert html.count('aria-invalid="true"') == 1
    assert user_of(client) == ""


def test_empty_password_asks_for_it_or_for_a_code(client, alice, error_of):
    response = client.post(LOGIN, {"login": "alice@exemple.fr", "password": ""})
    assert error_of(response) == ["Saisissez votre mot de passe, ou demandez un code par e-mail."]
    assert Message.objects.count() == 0


def test_second_button_sends_a_code_and_keeps_next(client, alice, code):
    data = {"login": "alice@exemple.fr", "password": "", "code": "1", "next": "/badges/?page=2"}
    response = client.post(LOGIN, data)
    assert response.headers["Location"] == f"{CONFIRM}?next=%2Fbadges%2F%3Fpage%3D2"
    page = client.get(response.headers["Location"]).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    digits = code("alice@exemple.fr")
    assert (len(digits), digits.isdigit()) == (8, True)
    response = client.post(
        response.headers["Location"], {"code": f"{digits[:4]} {digits[4:]}", "next": "/badges/?page=2"}
    )
    assert response.headers["Location"] == "/badges/?page=2"
    assert user_of(client) == str(alice.pk)


@pytest.mark.parametrize("address", ["alice@exemple.fr", "inconnue@exemple.fr"])
@pytest.mark.parametrize("path", [CODE, "/compte/mot-de-passe/oublie/"])
def test_asking_for_a_code_tells_nothing(client, alice, path, address):
    response = client.post(path, {"email": address})
    target = {CODE: CONFIRM}.get(path, "/compte/mot-de-passe/oublie/code/")
    assert response.headers["Location"] == target
    html = client.get(target).content.decode()
    assert f"un code de huit chiffres vient de partir à <strong>{address}</strong>" in html
    assert Message.objects.filter(address=address).count() == (address == "alice@exemple.fr")
    wrong = client.post(target, {"code": "12345678"})
    assert "Ce code n’est pas le bon." in wrong.content.decode()


def test_a_code_expires(client, alice, code):
    client.post(CODE, {"email": "alice@exemple.fr"})
    digits = code("alice@exemple.fr")
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        response = client.post(CONFIRM, {"code": digits})
    assert response.status_code == 302
    assert user_of(client) == ""


def test_a_code_serves_once_and_in_its_own_browser(client, alice, code):
    client.post(CODE, {"email": "alice@exemple.fr"})
    digits = code("alice@exemple.fr")
    other = type(client)()
    other.post(CODE, {"email": "bob@exemple.fr"})
    other.post(CONFIRM, {"code": digits})
    assert user_of(other) == ""
    client.post(CONFIRM, {"code": digits})
    assert user_of(client) == str(alice.pk)
    client.post("/compte/deconnexion/")
    client.post(CONFIRM, {"code": digits})
    assert user_of(client) == ""


def test_three_wrong_codes_end_it(client, alice, code):
    client.post(CODE, {"email": "alice@exemple.fr"})
    for _attempt in range(3):
        client.post(CONFIRM, {"code": "00000000"})
    client.post(CONFIRM, {"code": code("alice@exemple.fr")})
    assert user_of(client) == ""


def test_forgotten_password_is_replaced_and_told(client, alice, code):
    client.post("/compte/mot-de-passe/oublie/", {"email": "alice@exemple.fr"})
    client.post("/compte/mot-de-passe/oublie/code/", {"code": code("alice@exemple.fr")})
    response = client.post("/compte/mot-de-passe/oublie/nouveau/", {"password1": "une autre phrase longue"})
    assert response.headers["Location"] == "/compte/mot-de-passe/oublie/fait/"
    alice.refresh_from_db()
    assert alice.check_password("une autre phrase longue")
    assert [m.context["template"] for m in Message.objects.order_by("id")] == [
        "account/email/password_reset_code",
        "account/email/password_reset",
    ]


def test_five_failures_close_an_account_for_five_minutes_and_no_other(client, alice, bob):
    for _attempt in range(5):
        client.post(LOGIN, {"login": "alice@exemple.fr", "password": "pas le bon mot de passe"})
    right = {"login": "alice@exemple.fr", "password": "alice a douze lettres"}
    assert (
        "Trop d’essais."
        in client.post(LOGIN, right, headers={"X-Forwarded-For": "192.0.2.7"}).content.decode()
    )
    assert user_of(client) == ""
    other = type(client)()
    other.post(LOGIN, {"login": "bob@exemple.fr", "password": "bob a douze lettres"})
    assert user_of(other) == str(bob.pk)
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        client.post(LOGIN, right)
    assert user_of(client) == str(alice.pk)


def test_a_congress_behind_one_address_signs_in(client, alice):
    for number in range(60):
        visitor = type(client)()
        response = visitor.post(CODE, {"email": f"participant{number}@exemple.fr"})
        assert response.status_code == 302


def test_four_codes_a_minute_to_one_address_are_too_many(client, alice, error_of):
    for _attempt in range(3):
        assert type(client)().post(CODE, {"email": "alice@exemple.fr"}).status_code == 302
    response = client.post(CODE, {"email": "alice@exemple.fr"})
    assert error_of(response) == ["Trop d’essais. Attendez cinq minutes, ou demandez un nouveau code."]
    assert Message.objects.count() == 3


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_to_another_site_is_refused_everywhere(client, alice, code, signed_in, statement, target):
    home = reverse("home:home")
    data = {"login": "alice@exemple.fr", "password": "alice a douze lettres", "next": target}
    page = client.get(LOGIN, {"next": target}).content.decode()
    assert 'name="next"' not in page
    assert client.post(LOGIN, data).headers["Location"] == home
    by_code = type(client)()
    by_code.post(f"{CODE}?next=x", {"email": "alice@exemple.fr", "next": target})
    response = by_code.post(CONFIRM, {"code": code("alice@exemple.fr"), "next": target})
    assert response.headers["Location"] == home
    browser = signed_in(alice)
    accepted = browser.post("/compte/accord/", {"document": statement.pk, "consent": "on", "next": target})
    assert accepted.headers["Location"] in {home, "home:home"} or accepted.headers["Location"] == home
    assert browser.post("/compte/deconnexion/", {"next": target}).headers["Location"] == reverse(
        "home:welcome"
    )


def test_closed_account_is_not_entered(client, alice):
    alice.is_active = False
    alice.save()
    client.post(LOGIN, {"login": "alice@exemple.fr", "password": "alice a douze lettres"})
    assert user_of(client) == ""


def test_code_mail_goes_first_by_the_outbox_and_forgets_its_code(client, alice, settings, mailoutbox):
    settings.SITE_URL, settings.SITE_NAME = "https://badges.example.org", "Passeport"
    settings.ALLOWED_HOSTS = ["autre.example"]
    client.post(CODE, {"email": "alice@exemple.fr"}, headers={"Host": "autre.example"})
    message = Message.objects.get()
    digits = message.context["secret"]
    assert (message.kind, message.priority) == ("account", Priority.CODE)
    assert set(message.context) == {"template", "secret"}
    send_due()
    message.refresh_from_db()
    assert (message.state, message.context) == (MessageState.SENT, {"template": "account/email/login_code"})
    mail = received(mailoutbox)
    assert mail["From"] == f"Passeport <{settings.DEFAULT_FROM_EMAIL}>"
    assert (mail["To"], mail["Subject"]) == ("alice@exemple.fr", "Votre code de connexion")
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert f"\n    {digits}\n" in text
    assert digits in html
    assert "Ce code est valable 15 minutes." in text
    assert "https://badges.example.org" in text
    assert "autre.example" not in text + html


def test_a_code_that_left_too_late_is_not_sent(client, alice, mailoutbox):
    client.post(CODE, {"email": "alice@exemple.fr"})
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        send_due()
    message = Message.objects.get()
    assert (message.state, "secret" in message.context) == (MessageState.CANCELLED, False)
    assert mailoutbox == []


MAILS = [
    "account/email/account_already_exists",
    "account/email/email_changed",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/email_deleted",
    "account/email/login_code",
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_reset_code",
    "account/email/password_set",
    "account/email/unknown_account",
    "socialaccount/email/account_connected",
    "socialaccount/email/account_disconnected",
]


@pytest.mark.parametrize("template", MAILS)
def test_every_mail_of_an_account_is_french_and_complete(db, mailoutbox, template):
    words = {
        "from_email": "a@b.fr",
        "to_email": "c@d.fr",
        "deleted_email": "e@f.fr",
        "provider": "LinkedIn <&>",
    }
    Message.objects.create(
        key=template,
        kind="account",
        address="alice@exemple.fr",
        context={"template": template, "secret": "12345678", **words},
    )
    send_due()
    mail = received(mailoutbox)
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert text.startswith("Bonjour,\n")
    assert "&" not in text.replace("LinkedIn <&>", "")
    assert "LinkedIn <&>" not in html
    for english in (" your ", " the ", "Your ", "account "):
        assert english not in text + mail["Subject"]


def test_an_address_known_only_from_the_user_row_can_be_proved(client, db, code):
    from accounts.models import Profile, User  # noqa: PLC0415

    user = User.objects.create_user("ancienne@exemple.fr", "une phrase bien longue")
    Profile.objects.create(user=user)
    client.post(LOGIN, {"login": "ancienne@exemple.fr", "password": "une phrase bien longue"})
    assert user_of(client) == ""
    client.post("/compte/confirmer/", {"code": code("ancienne@exemple.fr")})
    assert user_of(client) == str(user.pk)
    assert EmailAddress.objects.get().verified is True
