"""Facebook and LinkedIn inside an invitation: the account takes the invited address, without mail or form."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from accounts.models import Consent, User
from badges import claims
from notifications.models import Message
from tests.factories import AssertionFactory, UserFactory
from tests.providers import walk

pytestmark = pytest.mark.django_db
LINKEDIN, FACEBOOK = "/compte/oidc/linkedin/login/", "/compte/facebook/login/"


@pytest.fixture
def award(db):
    return AssertionFactory(recipient_address="invitee@travail.exemple", recipient_name="Camille Durand")


@pytest.fixture
def page(award):
    return reverse("badges:claim_badge", args=[award.uid])


@pytest.fixture
def opened(client, award):
    """A browser that has opened the link of the mail."""
    client.get(claims.link_for(award))
    return client


@pytest.fixture
def agreed(opened, page, statement):
    """… and accepted the statement."""
    opened.post(page, {"document": statement.pk, "consent": "on"})
    return opened


def addresses(user) -> dict[str, tuple[bool, bool]]:
    return {a.email: (a.verified, a.primary) for a in EmailAddress.objects.filter(user=user)}


def by(network, client, server, person, page):
    if network == LINKEDIN:
        back = walk.back_from_linkedin(server, walk.leave(client, LINKEDIN, next=page), person)
    else:
        back = walk.back_from_facebook(server, walk.leave(client, FACEBOOK, next=page), person)
    return client.get(back)


def test_a_verified_address_of_linkedin_comes_along(agreed, page, statement, linkedin):
    response = by(LINKEDIN, agreed, linkedin, "claire", page)
    user = User.objects.get()
    assert response.headers["Location"] == page
    assert agreed.session["_auth_user_id"] == str(user.pk)
    assert addresses(user) == {
        "invitee@travail.exemple": (True, True),
        "claire.martin@exemple.fr": (True, False),
    }
    assert (user.email, user.name) == ("invitee@travail.exemple", "Camille Durand")
    assert [(c.document, c.sha256) for c in Consent.objects.all()] == [(statement, statement.sha256)]
    assert Message.objects.count() == 0
    assert SocialAccount.objects.get().user == user


@pytest.mark.parametrize("network, person", [(LINKEDIN, "nadia"), (FACEBOOK, "10"), (FACEBOOK, "12")])
def test_an_unverified_or_absent_address_does_not(agreed, page, linkedin, facebook, network, person):
    server = linkedin if network == LINKEDIN else facebook
    assert by(network, agreed, server, person, page).headers["Location"] == page
    assert addresses(User.objects.get()) == {"invitee@travail.exemple": (True, True)}
    assert Message.objects.count() == 0


def test_a_verified_address_that_somebody_has_stays_theirs(agreed, page, alice, linkedin):
    assert by(LINKEDIN, agreed, linkedin, "alice", page).headers["Location"] == page
    new = User.objects.exclude(pk=alice.pk).get()
    assert addresses(new) == {"invitee@travail.exemple": (True, True)}
    assert addresses(alice) == {"alice@exemple.fr": (True, True)}


def test_without_consent_the_form_comes_first(opened, page, statement, linkedin):
    response = by(LINKEDIN, opened, linkedin, "claire", page)
    assert response.headers["Location"] == "/compte/reseaux/inscription/"
    assert User.objects.count() == 0
    html = opened.get(response.headers["Location"]).content.decode()
    assert statement.text in html
    assert 'value="invitee@travail.exemple" readonly' in html
    answers = {"document": statement.pk, "consent": "on", "first_name": "Camille", "last_name": "Durand"}
    assert opened.post(response.headers["Location"], answers).headers["Location"] == page
    user = User.objects.get()
    assert addresses(user)["invitee@travail.exemple"] == (True, True)
    assert user.consents.get().document == statement
    assert Message.objects.count() == 0


@pytest.mark.parametrize("network, person", [(LINKEDIN, "claire"), (FACEBOOK, "10")])
def test_an_invited_address_that_has_an_account_creates_nothing(
    agreed, page, linkedin, facebook, network, person
):
    owner = UserFactory(email="invitee@travail.exemple")
    response = by(network, agreed, linkedin if network == LINKEDIN else facebook, person, page)
    assert response.headers["Location"] == f"/compte/connexion/?next={page.replace('/', '%2F')}"
    assert list(User.objects.all()) == [owner]
    assert SocialAccount.objects.count() == 0
    assert "_auth_user_id" not in agreed.session
    html = agreed.get(response.headers["Location"]).content.decode()
    assert "Un compte utilise déjà l’adresse invitee@travail.exemple." in html
    assert "Recevoir un code par e-mail" in html


def test_another_browser_with_the_path_of_the_claim_has_no_invitation(client, page, statement, linkedin):
    response = by(LINKEDIN, client, linkedin, "claire", page)
    assert response.headers["Location"] == "/compte/reseaux/inscription/"
    html = client.get(response.headers["Location"]).content.decode()
    assert "invitee@travail.exemple" not in html


def test_consent_of_the_claim_belongs_to_whoever_signs_in(agreed, page, statement, alice):
    agreed.post(
        "/compte/connexion/",
        {"login": "alice@exemple.fr", "password": "alice a douze lettres", "next": page},
    )
    assert alice.consents.get().document == statement


def test_signing_in_elsewhere_records_no_consent(agreed, statement, alice):
    agreed.post("/compte/connexion/", {"login": "alice@exemple.fr", "password": "alice a douze lettres"})
    assert alice.consents.count() == 0
