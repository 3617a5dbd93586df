"""The tutorial of 2019, from the e-mail to « TOUS LES BÉNÉFICIAIRES », as a person lives it on a phone."""

import email
import email.policy
import re

import pytest
from playwright.sync_api import expect

from accounts.services.consent import give, statement_in_force
from badges.lists import read
from badges.models import Assertion
from badges.services.issue import issue
from notifications.services.sending import send_due
from tests.factories import AssertionFactory, BadgeClassFactory, LegalDocumentFactory

pytestmark = pytest.mark.django_db(transaction=True)
CONGRESS = "Je participe au congrès de l’Amcsti 2019"


@pytest.fixture
def congress(amcsti, congress_picture):
    LegalDocumentFactory(text="## Qui\n\nL’Amcsti, pour vous remettre ce badge.")
    badge_class = BadgeClassFactory(
        issuer=amcsti, slug="amcsti-2019", name=CONGRESS, image=congress_picture, tags=["congrès"]
    )
    for name in ("Benjamin Crettenand", "Didier Michel"):
        AssertionFactory(badge_class=badge_class, public=True, recipient_name=name)
    AssertionFactory(badge_class=badge_class, accepted=True, recipient_name="Secrète Personne")
    return badge_class


@pytest.fixture
def mailed_link(congress, settings):
    """What « Obtenir mon badge » opens, read in the mail that an organiser's list has caused."""
    settings.EMAIL_BACKEND = "notifications.backends.EmlBackend"  # what a fresh clone has
    issue(badge_class=congress, lines=read(b"claire.martin@exemple.fr;Claire Martin\n"), source="test")
    send_due()
    (file,) = settings.MAIL_DIR.glob("*.eml")
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    html = mail.get_body(("html",)).get_content()
    return re.search(r'<a href="([^"]+)"[^>]*>\s*Obtenir mon badge', html)[1]


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def test_a_new_person_needs_seven_clicks_no_typing_and_one_mail(
    site, visitor, mailed_link, accessible, settings
):
    page = visitor.page
    visitor.clicks += 1  # « Obtenir mon badge »
    page.goto(mailed_link)
    expect(page.get_by_role("heading", name="Vous avez reçu un badge")).to_be_visible()
    assert "/obtenir/badge/" in page.url
    assert mailed_link.rsplit("/", 2)[1] not in page.url
    accessible(page)

    consent = page.get_by_role(
        "checkbox", name="J’ai lu et j’accepte cette Déclaration de protection des données"
    )
    expect(consent).not_to_be_checked()
    visitor.click(consent)
    visitor.click(button(page, "Continuer"))
    accessible(page)
    expect(page.get_by_label("Adresse e-mail")).to_have_value("claire.martin@exemple.fr")
    expect(page.get_by_label("Prénom")).to_have_value("Claire")
    visitor.click(button(page, "Créer un nouveau compte"))

    expect(page.get_by_text("badge en attente").first).to_be_visible()
    accessible(page)
    visitor.click(button(page, "Accepter ce badge").first)

    expect(page.get_by_role("dialog", name="Visibilité du badge")).to_be_visible()
    page.wait_for_function("document.querySelector('dialog').matches(':modal')")
    accessible(page)
    expect(page.get_by_role("radio", name="Privé")).to_be_checked()
    public = page.get_by_role("radio", name="Public")
    visitor.click(public)
    blue = page.evaluate("getComputedStyle(document.querySelector('.choice:has(:checked) .icon')).color")
    assert blue == "rgb(29, 75, 200)"
    visitor.click(button(page, "Enregistrer"))

    assertion = Assertion.objects.get(recipient_address="claire.martin@exemple.fr")
    assert (assertion.state, assertion.visibility, assertion.holder.email) == (
        "accepted",
        "public",
        "claire.martin@exemple.fr",
    )
    assert (visitor.clicks, visitor.typed) == (7, 0)
    assert len(list(settings.MAIL_DIR.glob("*.eml"))) == 1
    accessible(page)


def test_a_signed_in_person_needs_four_clicks(site, visitor, mailed_link, sign_in, alice):
    Assertion.objects.filter(recipient_address="claire.martin@exemple.fr").update(
        recipient_address=alice.email, folded_address=alice.email
    )
    give(user=alice, document=statement_in_force())
    sign_in(alice)
    page = visitor.page
    visitor.clicks += 1
    page.goto(mailed_link)
    visitor.click(button(page, "Accepter ce badge").first)
    visitor.click(page.get_by_role("radio", name="Public"))
    visitor.click(button(page, "Enregistrer"))

    assert Assertion.objects.get(holder=alice).visibility == "public"
    assert (visitor.clicks, visitor.typed) == (4, 0)


def test_all_recipients_are_found_in_the_gallery_without_an_account(site, visitor, congress, accessible):
    page = visitor.page
    page.goto(site)
    visitor.click(page.get_by_role("link", name="GALERIE", exact=True))
    accessible(page)
    visitor.click(page.get_by_text("Afficher la recherche avancée"))
    visitor.type(page.get_by_label("Émetteur", exact=True), "amcsti")
    expect(page.get_by_text("1 badge correspond à votre recherche")).to_be_visible()
    visitor.click(page.get_by_role("link", name=CONGRESS))

    expect(page.get_by_role("heading", name="TOUS LES BÉNÉFICIAIRES")).to_be_visible()
    expect(page.get_by_text("Benjamin Crettenand")).to_be_visible()
    expect(page.get_by_text("Didier Michel")).to_be_visible()
    expect(page.get_by_text("Secrète")).to_have_count(0)
    for label in ("Édité par :", "CRITÈRES", "Ouvrir la page des critères", "commentaires (0)"):
        expect(page.get_by_text(label).first).to_be_visible()
    accessible(page)
