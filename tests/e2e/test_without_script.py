"""The same tutorial with JavaScript off, then with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from badges.models import Assertion
from tests.e2e.conftest import CONGRESS, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plain_page(browser, site):
    context = browser.new_context(viewport=PHONE, locale="fr-FR", java_script_enabled=False)
    yield context.new_page()
    context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def test_the_whole_journey_works_without_javascript(plain_page, site, mailed_link):
    page = plain_page
    page.goto(mailed_link)
    press(page, "Continuer")
    # Nothing went on: the box is not ticked, and the browser or the page says so.
    expect(page.get_by_role("heading", name="Vous avez reçu un badge")).to_be_visible()
    page.get_by_role("checkbox").check()
    press(page, "Continuer")
    press(page, "Créer un nouveau compte")
    press(page, "Accepter ce badge")
    expect(page.get_by_role("dialog", name="Visibilité du badge")).to_be_visible()
    page.get_by_role("radio", name="Public").check()
    press(page, "Enregistrer")
    expect(page.get_by_role("link", name="Ajouter au profil")).to_be_visible()
    press(page, "Privé")
    expect(page.get_by_role("link", name="Ajouter au profil")).to_have_count(0)
    press(page, "Rendre public et partager")
    expect(page.get_by_role("link", name="Ajouter au profil")).to_be_visible()

    page.goto(f"{site}/galerie/badges/")
    page.get_by_text("Afficher la recherche avancée").click()
    page.get_by_label("Bénéficiaire", exact=True).fill("crettenand")
    page.get_by_label("Émetteur", exact=True).fill("AMCSTI")
    press(page, "Rechercher")
    expect(page.get_by_text("1 badge correspond à votre recherche")).to_be_visible()
    page.get_by_role("link", name=CONGRESS).click()
    press(page, "Suivre ce badge")
    expect(page.get_by_text("Vous suivez ce badge")).to_be_visible()
    expect(page.locator(".people").get_by_text("Claire Martin")).to_be_visible()


def test_closing_the_window_leaves_the_badge_accepted_and_private(plain_page, mailed_link):
    page = plain_page
    page.goto(mailed_link)
    page.get_by_role("checkbox").check()
    press(page, "Continuer")
    press(page, "Créer un nouveau compte")
    press(page, "Accepter ce badge")
    page.get_by_role("link", name="Plus tard : il reste privé").click()

    assertion = Assertion.objects.get(recipient_address="claire.martin@exemple.fr")
    assert (assertion.state, assertion.visibility) == ("accepted", "private")


def test_the_keyboard_alone_leads_from_the_mail_to_a_public_badge(page, site, mailed_link):
    page.goto(mailed_link)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Continuer"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Créer un nouveau compte"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/badges/[0-9a-f-]{36}/(#.*)?$"))
    tab_to(page, page.get_by_role("button", name="Accepter ce badge"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/visibilite/(#.*)?$"))
    page.wait_for_function("document.querySelector('dialog').matches(':modal')")
    tab_to(page, page.get_by_role("radio", name="Privé"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Public")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Enregistrer"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/partager/(#.*)?$"))

    assert Assertion.objects.get(recipient_address="claire.martin@exemple.fr").visibility == "public"


def tab_to(page, target, most: int = 40) -> None:
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached in {most} tabs")
