"""« Vérifier un badge » in a real browser: a file, the keyboard alone, no script."""

import pytest
from playwright.sync_api import expect

from tests.badges.services.imports.elsewhere import Elsewhere
from tests.e2e.conftest import CONGRESS, DESKTOP, PHONE
from tests.signed import signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def web(monkeypatch) -> Elsewhere:
    internet = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", internet.get)
    return internet


@pytest.fixture
def award(congress, alice):
    return signed(badge_class=congress, holder=alice, public=True, recipient_name="Alice Martin")


@pytest.fixture(params=["phone by night", "desk by day"])
def screen(request, page):
    page.set_viewport_size(DESKTOP if "desk" in request.param else PHONE)
    page.emulate_media(color_scheme="dark" if "night" in request.param else "light", reduced_motion="reduce")
    return page


def give(page, site, content: bytes) -> None:
    page.goto(f"{site}/verifier/")
    files = [{"name": "badge.png", "mimeType": "image/png", "buffer": content}]
    page.get_by_label("Fichier du badge").set_input_files(files)
    page.get_by_role("button", name="Vérifier").click()


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_from_a_file_to_its_report(screen, site, web, accessible):
    address = web.award()
    carrier = web.baked(address)
    for status, verdict in ((None, "AUTHENTIQUE"), (410, "RÉVOQUÉ"), (404, "NON VALIDE")):
        web.pages[address] = status or web.pages[address]
        give(screen, site, carrier)

        expect(screen.locator(".ink strong")).to_have_text(verdict)
        expect(screen.get_by_role("heading", name="Soudure à l’arc")).to_be_visible()
        accessible(screen)
        assert fits(screen)


def test_long_words_of_a_badge_do_not_widen_the_page(screen, site, web, accessible):
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 5
    give(screen, site, web.baked(web.award(badge={"name": long, "description": long}, issuer={"name": long})))
    screen.get_by_text("Ce qui a été lu, et quand").click()

    expect(screen.locator(".ink strong")).to_have_text("AUTHENTIQUE")
    expect(screen.get_by_text("Empreinte SHA-256").first).to_be_visible()
    accessible(screen)
    assert fits(screen)


def test_from_the_public_page_by_the_keyboard_alone(page, site, award):
    page.goto(f"{site}/b/{award.uid}/")
    page.get_by_role("link", name="Vérifier ce badge").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/verifier/?badge=*")

    page.get_by_label("Fichier du badge").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Ou son adresse, son code ou son texte")).to_be_focused()
    for _field in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Vérifier")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=CONGRESS)).to_be_visible()
    expect(page.locator(".ink strong")).to_have_text("AUTHENTIQUE")
    assert page.title().startswith("Authentique — Vérifier un badge")


def test_without_script(browser, site, award):
    context = browser.new_context(java_script_enabled=False, locale="fr-FR", viewport=PHONE)
    page = context.new_page()
    page.goto(f"{site}/")
    page.get_by_role("link", name="Vérifier un badge").click()
    page.get_by_label("Ou son adresse, son code ou son texte").fill(award.printed_code.lower())
    page.get_by_label("Adresse e-mail du titulaire").fill("quelquun@exemple.fr")
    page.get_by_role("button", name="Vérifier").click()

    expect(page.locator(".ink strong")).to_have_text("NON VALIDE")
    page.get_by_label("Adresse e-mail du titulaire").fill(award.recipient_address)
    page.get_by_role("button", name="Vérifier").click()
    expect(page.locator(".ink strong")).to_have_text("AUTHENTIQUE")
    page.get_by_text("Ce qui a été lu, et quand").click()
    expect(page.get_by_text(f"/ob3/credentials/{award.uid}").first).to_be_visible()
    context.close()
