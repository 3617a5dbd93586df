"""Facebook and LinkedIn in a real browser, under the site's CSP, against local providers with their real protocols."""

import re

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from accounts.models import Consent, User
from badges import claims
from notifications.models import Message
from tests.factories import AssertionFactory, BadgeClassFactory, LegalDocumentFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_third_party(page: Page, site, linkedin, facebook):
    """Here the journey leads to the two providers, and nowhere else; the site's own console stays silent."""
    linkedin.allow(site)
    facebook.callbacks = {f"{site}/compte/facebook/login/callback/"}
    strangers, complaints = [], []
    allowed = (site, linkedin.url, facebook.url, "data:")
    page.on("request", lambda r: strangers.append(r.url) if not r.url.startswith(allowed) else None)
    page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
    yield
    assert strangers == []
    assert complaints == []


@pytest.fixture
def at_linkedin(page, linkedin):
    """What a person does at the provider: signs in, then allows."""

    def allow(person: str) -> None:
        expect(page).to_have_url(re.compile(re.escape(linkedin.url)))
        page.fill("input[name=login]", person)
        page.fill("input[name=password]", linkedin.password)
        page.get_by_role("button", name="Sign In").click()
        page.get_by_role("button", name="Authorize").click()

    return allow


def addresses() -> dict[str, tuple[bool, bool]]:
    return {a.email: (a.verified, a.primary) for a in EmailAddress.objects.all()}


def test_linkedin_without_an_invitation(page, site, at_linkedin, accessible):
    statement = LegalDocumentFactory(text="Ce que nous gardons, et pourquoi.")
    page.goto(f"{site}/compte/connexion/?next=/compte/")
    accessible(page)
    page.get_by_role("button", name="Continuer avec LinkedIn").click()
    at_linkedin("claire")
    expect(page.get_by_role("heading", level=1)).to_have_text("Créer votre passeport")
    accessible(page)
    assert User.objects.count() == 0
    box = page.get_by_role("checkbox")
    expect(box).not_to_be_checked()
    page.get_by_role("button", name="Créer un nouveau compte").click()
    expect(page.locator(".field__error")).to_have_count(1)
    assert User.objects.count() == 0
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Créer un nouveau compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paramètres et vie privée")
    accessible(page)
    assert addresses() == {"claire.martin@exemple.fr": (True, True)}
    assert Consent.objects.get().document == statement
    assert Message.objects.count() == 0


@pytest.fixture
def invited(congress_picture, amcsti):
    LegalDocumentFactory(text="Ce que nous gardons, et pourquoi.")
    badge_class = BadgeClassFactory(issuer=amcsti, image=congress_picture)
    return AssertionFactory(
        badge_class=badge_class, recipient_address="camille@travail.exemple", recipient_name="Camille Durand"
    )


def account_page(page, invited) -> None:
    page.goto(claims.link_for(invited))
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Continuer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Créer votre passeport")


def camille() -> dict[str, tuple[bool, bool]]:
    user = User.objects.get(email="camille@travail.exemple")
    assert user.name == "Camille Durand"
    assert user.consents.count() == 1
    return {a.email: (a.verified, a.primary) for a in EmailAddress.objects.filter(user=user)}


def test_linkedin_inside_an_invitation(page, invited, at_linkedin):
    account_page(page, invited)
    page.get_by_role("button", name="Continuer avec LinkedIn").click()
    at_linkedin("claire")
    page.wait_for_url(re.compile(str(invited.uid)))
    expect(page.get_by_text("Accepter ce badge").first).to_be_visible()
    assert camille() == {
        "camille@travail.exemple": (True, True),
        "claire.martin@exemple.fr": (True, False),
    }
    assert Message.objects.count() == 0


def test_facebook_inside_an_invitation(page, invited, facebook):
    account_page(page, invited)
    page.get_by_role("button", name="Continuer avec Facebook").click()
    page.get_by_role("button", name="Continuer en tant que Claire Martin").click()
    page.wait_for_url(re.compile(str(invited.uid)))
    expect(page.get_by_text("Accepter ce badge").first).to_be_visible()
    assert camille() == {"camille@travail.exemple": (True, True)}
    assert facebook.refusals == []
    assert Message.objects.count() == 0


def test_facebook_cancelled(page, site, facebook, accessible):
    page.goto(f"{site}/compte/connexion/")
    page.get_by_role("button", name="Continuer avec Facebook").click()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Connexion annulée")
    accessible(page)
    assert User.objects.count() == 0


def test_linkedin_with_the_address_of_an_account_asks_to_sign_in(page, site, alice, at_linkedin, accessible):
    page.goto(f"{site}/compte/connexion/")
    page.get_by_role("button", name="Continuer avec LinkedIn").click()
    at_linkedin("alice")
    expect(page.get_by_text("Un compte utilise déjà l’adresse alice@exemple.fr.")).to_be_visible()
    expect(page.get_by_label("Adresse e-mail")).to_have_value("alice@exemple.fr")
    accessible(page)
    assert User.objects.count() == 1
