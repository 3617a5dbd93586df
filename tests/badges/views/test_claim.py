"""From the link of the mail to an account, and what the link refuses."""

import re
import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consent, User
from badges import claims
from badges.enums import AssertionState
from badges.models import Assertion
from badges.services.decline import decline
from badges.services.revoke import revoke
from notifications.models import Message
from tests.factories import AssertionFactory, LegalDocumentFactory, UserFactory

pytestmark = pytest.mark.django_db


def link(assertion):
    return reverse("badges:claim", args=[claims.token_for(assertion)])


def step(assertion, name="claim_badge"):
    return reverse(f"badges:{name}", args=[assertion.uid])


@pytest.fixture
def invited(amcsti):
    return AssertionFactory(
        badge_class__issuer=amcsti,
        badge_class__name="Je participe au congrès",
        recipient_address="Claire@Exemple.fr",
        recipient_name="Claire Martin",
    )


@pytest.fixture
def opened(client, invited):
    """Charlie's browser, after the link of the mail."""
    client.get(link(invited))
    return client


@pytest.fixture
def agreed(opened, invited, statement):
    opened.post(step(invited), {"document": statement.pk, "consent": "on"})
    return opened


def state(assertion):
    return Assertion.objects.values().get(pk=assertion.pk)


# The link


def test_the_link_leaves_the_address_bar_and_changes_nothing(client, invited, read_only):
    before = state(invited)
    with read_only():
        response = client.get(link(invited))

    assert (response.status_code, response.headers["Location"]) == (303, step(invited))
    cookie = response.cookies[f"claim-{invited.uid.hex}"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 24 * 3600)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert state(invited) == before


def test_mail_scanners_change_nothing(invited, read_only):
    before = state(invited)
    with read_only():
        for number in range(20):
            scanner = Client(headers={"user-agent": f"MailScanner/{number}", "purpose": "prefetch"})
            assert scanner.head(link(invited)).status_code == 303
            assert scanner.get(link(invited), follow=True).status_code == 200
            assert scanner.options(link(invited)).status_code == 405

    assert state(invited) == before
    assert not Message.objects.exists()
    assert not User.objects.filter(email="claire@exemple.fr").exists()


@pytest.mark.parametrize("token", ["x", "badge", "A" * 67, "é", "..%2F", "A" * 5000])
def test_an_invented_link_is_404(client, db, token):
    assert client.get(f"/obtenir/{token}/").status_code == 404


def test_a_truncated_link_is_404(client, invited):
    assert client.get(link(invited)[:-4] + "/").status_code == 404


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"accepted": True}, "Ce lien a déjà servi"),
        ({"revoked": True, "revoked_at": timezone.now()}, "Amcsti a retiré le badge"),
        ({"claim_until": timezone.now() - timedelta(days=1)}, "Recevoir un nouveau lien"),
        ({"declined": True, "declined_at": timezone.now() - timedelta(days=31)}, "Ce badge a été refusé"),
    ],
)
def test_a_dead_link_explains_and_names_nobody(client, amcsti, read_only, changes, words):
    dead = AssertionFactory(
        badge_class__issuer=amcsti,
        recipient_address="secret@exemple.fr",
        recipient_name="Zoé Secrète",
        **changes,
    )
    with read_only():
        response = client.get(link(dead))

    html = response.content.decode()
    assert response.status_code == 410
    assert words in html
    assert "Zoé" not in html
    assert "secret@" not in html
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-store"


def test_a_replaced_link_says_that_a_newer_one_was_sent(client, invited):
    old = link(invited)
    Assertion.objects.update(generation=2)

    response = client.get(old)

    assert response.status_code == 410
    assert "Un lien plus récent a été envoyé" in response.content.decode()
    assert f"claim-{invited.uid.hex}" not in response.cookies


def test_the_cookie_dies_with_its_link(opened, invited):
    Assertion.objects.update(generation=2)

    assert opened.get(step(invited)).status_code == 403


def test_a_cookie_of_another_claim_opens_nothing(opened, invited):
    other = AssertionFactory()
    opened.cookies[f"claim-{other.uid.hex}"] = opened.cookies[f"claim-{invited.uid.hex}"].value

    assert opened.get(step(other)).status_code == 403


def test_the_holder_is_taken_to_the_badge(alice, signed_in):
    held = AssertionFactory(accepted=True, holder=alice)

    response = signed_in(alice).get(link(held))

    assert (response.status_code, response.headers["Location"]) == (303, f"/badges/{held.uid}/")


def test_a_link_accepted_by_someone_else_does_not_open_for_a_member(bob, signed_in):
    held = AssertionFactory(accepted=True)

    assert signed_in(bob).get(link(held)).status_code == 410


def test_whoever_proved_the_address_goes_to_the_badge(alice, signed_in):
    waiting = AssertionFactory(recipient_address="ALICE@exemple.fr")
    browser = signed_in(alice)

    assert browser.get(link(waiting)).headers["Location"] == step(waiting)
    assert browser.get(step(waiting)).headers["Location"] == f"/badges/{waiting.uid}/"


# The consent


def test_the_box_is_not_ticked_and_the_statement_can_be_read(opened, invited, read_only):
    document = LegalDocumentFactory(text="# Ce que nous gardons\n\nVotre **nom**.")
    with read_only():
        response = opened.get(step(invited))

    html = response.content.decode()
    assert response.status_code == 200
    assert 'name="consent"' in html
    assert "checked" not in html
    assert "<strong>nom</strong>" in html
    assert f'name="document" value="{document.pk}"' in html
    assert "J’ai lu et j’accepte cette Déclaration de protection des données" in html
    assert "Je ne veux pas recevoir ce badge" in html
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"


def test_without_the_tick_nothing_is_accepted(opened, invited, statement):
    response = opened.post(step(invited), {"document": statement.pk})

    assert response.status_code == 422
    assert "Cochez cette case pour continuer" in response.content.decode()
    assert opened.get(step(invited, "claim_account")).headers["Location"] == step(invited)


def test_the_text_that_was_shown_is_the_one_that_is_accepted(opened, invited, statement):
    newer = LegalDocumentFactory()

    response = opened.post(step(invited), {"document": statement.pk, "consent": "on"})

    html = response.content.decode()
    assert response.status_code == 422
    assert "La déclaration a changé" in html
    assert f'name="document" value="{newer.pk}"' in html
    assert "checked" not in html
    assert opened.get(step(invited, "claim_account")).status_code == 303


def test_a_consent_to_a_text_that_changed_since_is_asked_again(agreed, invited):
    assert agreed.get(step(invited, "claim_account")).status_code == 200
    LegalDocumentFactory()

    assert agreed.get(step(invited, "claim_account")).headers["Location"] == step(invited)


def test_without_any_statement_nothing_is_asked(opened, invited):
    html = opened.get(step(invited)).content.decode()
    assert 'name="consent"' not in html

    assert opened.post(step(invited)).headers["Location"] == step(invited, "claim_account")
    assert opened.get(step(invited, "claim_account")).status_code == 200


def test_opening_the_link_again_keeps_the_consent(agreed, invited):
    agreed.get(link(invited))

    assert agreed.get(step(invited, "claim_account")).status_code == 200


# The account


def test_the_form_is_filled_in(agreed, invited, read_only):
    with read_only():
        html = agreed.get(step(invited, "claim_account")).content.decode()

    assert 'value="Claire@Exemple.fr" readonly' in html
    assert 'name="first_name" value="Claire"' in html
    assert 'name="last_name" value="Martin"' in html
    assert html.index(">Connexion</a>") < html.index("Créer un nouveau compte")
    assert f"{reverse('account_login')}?next={step(invited).replace('/', '%2F')}" in html


def test_an_account_is_made_verified_signed_in_and_consenting(agreed, invited, statement):
    before = agreed.session.session_key

    response = agreed.post(
        step(invited, "claim_account"),
        {
            "first_name": "Claire",
            "last_name": "Martin",
            "password": "",
            "email": "voleur@exemple.fr",
            "is_staff": "on",
        },
    )

    assert (response.status_code, response.headers["Location"]) == (303, f"/badges/{invited.uid}/")
    person = User.objects.get(email="claire@exemple.fr")
    assert list(
        EmailAddress.objects.values_list("user", "email", "verified", "primary").filter(user=person)
    ) == [(person.pk, "claire@exemple.fr", True, True)]
    assert (person.name, person.is_staff, person.has_usable_password()) == ("Claire Martin", False, False)
    assert Consent.objects.values_list("user", "document", "sha256").get() == (
        person.pk,
        statement.pk,
        statement.sha256,
    )
    assert not Message.objects.exists()
    assert not User.objects.filter(email="voleur@exemple.fr").exists()
    assert int(agreed.session["_auth_user_id"]) == person.pk
    assert agreed.session.session_key != before
    invited.refresh_from_db()
    assert invited.state == AssertionState.PENDING
    html = agreed.get(response.headers["Location"]).content.decode()
    assert "Accepter ce badge" in html


def test_a_password_is_checked_and_kept(agreed, invited):
    page = step(invited, "claim_account")
    weak = agreed.post(page, {"first_name": "Claire", "last_name": "Martin", "password": "court"})
    assert weak.status_code == 422
    assert "claire@exemple.fr" not in User.objects.values_list("email", flat=True)

    agreed.post(page, {"first_name": "Claire", "last_name": "Martin", "password": "quatre mots bien longs"})
    assert User.objects.get(email="claire@exemple.fr").check_password("quatre mots bien longs")


@pytest.mark.parametrize(
    "name, sentence",
    [
        ("<b>Claire</b>", "Écrivez le nom sans"),
        ("Claire\u202eeriaM", "caractères invisibles"),
        ("Cl\u200baire", "caractères invisibles"),
        ("x" * 500, "80 caractères au plus"),
    ],
)
def test_a_name_that_is_none_gets_a_sentence_and_stays_typed(agreed, invited, name, sentence):
    response = agreed.post(step(invited, "claim_account"), {"first_name": name, "last_name": "Martin"})

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert 'value="Martin"' in html
    assert name in html or "&lt;b&gt;Claire&lt;/b&gt;" in html
    assert not User.objects.filter(email="claire@exemple.fr").exists()


def test_an_address_with_an_account_creates_nothing_and_signs_in_nobody(agreed, invited):
    known = UserFactory(email="claire@exemple.fr", name="Claire Ancienne", password="douze lettres au moins")
    users = User.objects.count()

    response = agreed.post(step(invited, "claim_account"), {"first_name": "Claire", "last_name": "Martin"})

    html = response.content.decode()
    assert response.status_code == 200
    assert "Un compte utilise déjà cette adresse" in html
    assert "Recevoir un code par e-mail" in html
    assert User.objects.count() == users
    assert "_auth_user_id" not in agreed.session
    assert "Ancienne" not in html
    assert known.consents.count() == 0


def test_squatters_lose_the_address(agreed, invited):
    squatter = User.objects.create_user("claire@exemple.fr", "mot de passe du squatteur")
    EmailAddress.objects.create(user=squatter, email="claire@exemple.fr", verified=False, primary=True)
    bob = UserFactory(email="bob@exemple.fr")
    EmailAddress.objects.create(user=bob, email="claire@exemple.fr", verified=False)

    agreed.post(step(invited, "claim_account"), {"first_name": "Claire", "last_name": "Martin"})

    person = User.objects.get(email="claire@exemple.fr")
    assert person.pk != squatter.pk
    assert not person.check_password("mot de passe du squatteur")
    assert EmailAddress.objects.get(email="claire@exemple.fr").user == person
    assert User.objects.filter(pk=bob.pk).exists()


def test_an_organiser_made_by_the_administrator_is_no_squatter(agreed, invited):
    organiser = User.objects.create_user("claire@exemple.fr", "douze lettres au moins", is_staff=True)

    response = agreed.post(step(invited, "claim_account"), {"first_name": "Claire", "last_name": "Martin"})

    assert "Un compte utilise déjà cette adresse" in response.content.decode()
    assert User.objects.get(email="claire@exemple.fr") == organiser


def test_creating_twice_is_one_account(agreed, invited):
    page = step(invited, "claim_account")
    first = agreed.post(page, {"first_name": "Claire", "last_name": "Martin"})
    second = agreed.post(page, {"first_name": "Claire", "last_name": "Martin"})

    assert (first.status_code, second.status_code) == (303, 303)
    assert User.objects.filter(email="claire@exemple.fr").count() == 1


def test_an_account_is_not_made_for_a_badge_that_was_revoked_meanwhile(agreed, invited):
    revoke(assertion=invited, reason="mistake")

    response = agreed.post(step(invited, "claim_account"), {"first_name": "Claire", "last_name": "Martin"})

    assert response.status_code == 410
    assert not User.objects.filter(email="claire@exemple.fr").exists()


@pytest.mark.parametrize(
    "name", ["claim_badge", "claim_account", "claim_decline", "claim_undo", "claim_adopt", "claim_renew"]
)
def test_nothing_is_posted_without_the_cookie_or_a_csrf_token(invited, opened, name):
    before = state(invited)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = opened.cookies

    assert Client().post(step(invited, name)).status_code == 403
    assert strict.post(step(invited, name), {"consent": "on"}).status_code == 403
    assert state(invited) == before


@pytest.mark.parametrize("name", ["claim_undo", "claim_adopt", "claim_renew"])
def test_answers_are_posted(opened, invited, name):
    assert opened.get(step(invited, name)).status_code == 405


# Another account is open


@pytest.fixture
def bobs_browser(bob, signed_in, invited):
    browser = signed_in(bob)
    browser.get(link(invited))
    return browser


def test_another_account_sees_the_address_masked(bobs_browser, invited, read_only):
    with read_only():
        html = bobs_browser.get(step(invited)).content.decode()

    assert "C…@Exemple.fr" in html
    assert "Claire@Exemple.fr" not in html
    assert "bob@exemple.fr" in html
    assert "Ajouter cette adresse à mon compte et accepter" in html


def test_one_click_adds_the_address_and_accepts(bobs_browser, bob, invited):
    response = bobs_browser.post(step(invited, "claim_adopt"))

    assert (response.status_code, response.headers["Location"]) == (303, f"/badges/{invited.uid}/visibilite/")
    assert set(bob.emailaddress_set.values_list("email", "verified")) == {
        ("bob@exemple.fr", True),
        ("claire@exemple.fr", True),
    }
    invited.refresh_from_db()
    assert (invited.holder, invited.visibility) == (bob, "private")
    assert Message.objects.values_list("kind", "address").get() == ("address-added", "Claire@Exemple.fr")

    again = bobs_browser.post(step(invited, "claim_adopt"))
    assert again.headers["Location"] == f"/badges/{invited.uid}/"
    assert Message.objects.count() == 1


def test_an_address_of_another_account_is_not_adopted(bobs_browser, bob, invited):
    UserFactory(email="claire@exemple.fr")
    before = state(invited)

    response = bobs_browser.post(step(invited, "claim_adopt"), follow=True)

    assert "Cette adresse ne peut pas être ajoutée à ce compte" in response.content.decode()
    assert bob.emailaddress_set.count() == 1
    assert state(invited) | {"opened_at": None} == before


def test_adopting_signed_out_asks_to_start_again(opened, invited):
    assert opened.post(step(invited, "claim_adopt")).headers["Location"] == step(invited)


# Declining


def test_the_mails_refusal_asks_first_and_changes_nothing(client, invited, read_only):
    with read_only():
        response = client.get(f"{link(invited)}?refuser", follow=True)

    assert response.redirect_chain == [(step(invited, "claim_decline"), 303)]
    assert "Refuser ce badge" in response.content.decode()


def test_declining_without_an_account_can_be_undone(opened, invited):
    opened.post(step(invited, "claim_decline"))
    second = opened.post(step(invited, "claim_decline"), follow=True)

    invited.refresh_from_db()
    assert invited.state == AssertionState.DECLINED
    assert "Badge refusé" in second.content.decode()
    assert opened.get(step(invited, "claim_decline")).headers["Location"] == step(invited)
    assert opened.get(step(invited, "claim_account")).headers["Location"] == step(invited)

    opened.post(step(invited, "claim_undo"))
    opened.post(step(invited, "claim_undo"))
    invited.refresh_from_db()
    assert (invited.state, invited.declined_at) == (AssertionState.PENDING, None)


def test_the_mails_link_of_a_declined_badge_leads_to_undo(client, invited):
    decline(assertion=invited)

    html = client.get(link(invited), follow=True).content.decode()

    assert step(invited, "claim_undo") in html


def test_a_refusal_is_final_after_thirty_days(opened, invited):
    decline(assertion=invited)
    Assertion.objects.update(declined_at=timezone.now() - timedelta(days=31))

    assert opened.post(step(invited, "claim_undo")).status_code == 410
    invited.refresh_from_db()
    assert invited.state == AssertionState.DECLINED


# A new link


def test_an_expired_link_sends_a_new_one_to_the_same_address(client, invited):
    Assertion.objects.update(claim_until=timezone.now() - timedelta(days=1))
    old = link(invited)
    client.get(old)

    response = client.post(step(invited, "claim_renew"))

    assert response.headers["Location"] == "/obtenir/retrouver/"
    assert Message.objects.values_list("kind", "address").get() == ("waiting-links", "claire@exemple.fr")
    assert client.get(old).status_code == 410
    invited.refresh_from_db()
    assert client.get(link(invited)).status_code == 303


def test_a_new_link_needs_the_old_one(client, invited):
    Assertion.objects.update(claim_until=timezone.now() - timedelta(days=1))

    assert client.post(step(invited, "claim_renew")).status_code == 403
    assert client.post(f"/obtenir/badge/{uuid.uuid4()}/nouveau-lien/").status_code == 403
    assert not Message.objects.exists()


# With an account that exists already


@pytest.fixture
def claire(db):
    return UserFactory(email="claire@exemple.fr", name="Claire Ancienne", password="douze lettres au moins")


def test_signing_in_leads_back_to_the_badge_and_keeps_the_consent(agreed, invited, statement, claire):
    response = agreed.post(
        reverse("account_login"),
        {"login": "claire@exemple.fr", "password": "douze lettres au moins", "next": step(invited)},
        follow=True,
    )

    assert response.redirect_chain[-1] == (f"/badges/{invited.uid}/", 303)
    assert "Accepter ce badge" in response.content.decode()
    assert claire.consents.values_list("document", "sha256").get() == (statement.pk, statement.sha256)


def test_a_code_goes_to_the_invited_address(agreed, invited, claire):
    page = agreed.post(step(invited, "claim_account"), {"first_name": "Claire"}).content.decode()
    form = re.search(
        rf'<form method="post" action="{reverse("account_request_login_code")}">.*?</form>', page, re.S
    )[0]
    sent = dict(re.findall(r'name="(email|next)" value="([^"]*)"', form))
    assert sent == {"email": "claire@exemple.fr", "next": step(invited)}

    agreed.post(reverse("account_request_login_code"), sent)

    message = Message.objects.get()
    assert (message.kind, message.address) == ("account", "claire@exemple.fr")
    assert "_auth_user_id" not in agreed.session
    response = agreed.post(
        reverse("account_confirm_login_code"),
        {"code": message.context["secret"], "next": step(invited)},
        follow=True,
    )
    assert response.redirect_chain[-1] == (f"/badges/{invited.uid}/", 303)


def test_using_another_account_comes_back_to_the_claim(bobs_browser, invited, statement):
    response = bobs_browser.post(reverse("account_logout"), {"next": step(invited)}, follow=True)

    assert response.request["PATH_INFO"] == step(invited)
    assert "Vous avez reçu un badge" in response.content.decode()


def test_adopting_asks_for_the_consent_that_nobody_has_given_yet(signed_in, alice, statement):
    assertion = AssertionFactory(recipient_address="alice@travail.example")
    browser = signed_in(alice)
    browser.get(reverse("badges:claim", args=[claims.token_for(assertion)]))

    answer = browser.post(reverse("badges:claim_adopt", args=[assertion.uid]))

    assert answer["Location"].startswith("/compte/accord/?next=")
    assertion.refresh_from_db()
    assert (assertion.state, alice.emailaddress_set.count()) == ("pending", 1)


def test_the_claim_ends_with_the_account_that_it_made(client, statement):
    assertion = AssertionFactory()
    client.get(reverse("badges:claim", args=[claims.token_for(assertion)]))
    client.post(
        reverse("badges:claim_badge", args=[assertion.uid]), {"consent": "on", "document": statement.pk}
    )
    client.post(reverse("badges:claim_account", args=[assertion.uid]), {"first_name": "Camille"})
    client.logout()

    answer = client.post(reverse("badges:claim_decline", args=[assertion.uid]))

    assertion.refresh_from_db()
    assert (answer.status_code, assertion.state) == (403, "pending")
