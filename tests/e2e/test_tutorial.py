"""The tutorial of 2019, from the e-mail to « TOUS LES BÉNÉFICIAIRES », as a person lives it on a phone."""

import pytest
from playwright.sync_api import expect

from accounts.services.consent import give, statement_in_force
from badges.models import Assertion
from tests.e2e.conftest import CONGRESS

pytestmark = pytest.mark.django_db(transaction=True)


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
