"""A portfolio page from the first word to its public address: by mouse, by keyboard, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from pages.models import Page
from tests.e2e.conftest import press
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def badges(alice, amcsti, congress_picture):
    def award(name, **fields):
        badge_class = BadgeClassFactory(issuer=amcsti, name=name, image=congress_picture)
        return AssertionFactory(
            badge_class=badge_class, holder=alice, recipient_name="Alice Martin", **fields
        )

    return [award("Montré à tous", public=True), award("Gardé pour moi", accepted=True)]


def texts() -> list[str]:
    return [block.get("text") for block in Page.objects.get().blocks]


def until(page, holds) -> None:
    """Waits for what the browser keeps in the background."""
    for _time in range(300):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never holds")


def test_a_page_is_made_shown_and_undone_without_javascript(plain_page, site, badges, page):
    it = plain_page
    it.goto(f"{site}/pages/")
    press(it, "Créer une page")
    it.get_by_label("Titre", exact=True).fill("Dix ans de médiation")
    press(it, "Texte")
    it.get_by_label("Texte", exact=True).fill("Un mot **important**.")
    press(it, "Badges")
    for name in ("Montré à tous", "Gardé pour moi"):
        it.get_by_role("checkbox", name=name).check()
    press(it, "Monter\u00a0: Badges")
    it.get_by_role("radio", name="Public").check()
    press(it, "Enregistrer")
    expect(it.get_by_text("La page est enregistrée.")).to_be_visible()
    expect(it.locator("strong", has_text="important")).to_be_visible()
    assert [block["kind"] for block in Page.objects.get().blocks] == ["badges", "text"]

    it.get_by_role("link", name="Voir la page").click()
    expect(it.get_by_text("Personne d’autre que vous ne verra")).to_be_visible()
    it.get_by_role("link", name="Partager", exact=True).click()
    press(it, "Créer un lien secret")
    address = it.get_by_role("textbox", name="Lien", exact=True).input_value()
    secret = it.get_by_role("textbox", name="Lien secret", exact=True).input_value()

    for place in (address, secret):  # a visitor, in another browser
        page.goto(place)
        expect(page.get_by_role("heading", name="Dix ans de médiation")).to_be_visible()
        expect(page.get_by_role("link", name="Montré à tous")).to_be_visible()
        expect(page.get_by_text("Gardé pour moi")).to_have_count(0)
    page.goto(f"{site}/galerie/pages/")
    expect(page.get_by_role("link", name="Dix ans de médiation")).to_be_visible()

    press(it, "Retirer le lien secret")
    assert page.goto(secret).status == 404
    it.get_by_role("link", name="Dix ans de médiation").click()
    it.get_by_role("link", name="Modifier").click()
    press(it, "Retirer\u00a0: Texte")
    press(it, "Annuler la dernière modification")
    expect(it.get_by_label("Texte", exact=True)).to_have_value("Un mot **important**.")


def test_the_keyboard_alone_writes_orders_and_saves(page, site, alice, sign_in):
    sign_in(alice)
    page.goto(f"{site}/pages/")
    reach(page, page.get_by_role("button", name="Créer une page"))
    page.keyboard.press("Enter")
    for text in ("Un", "Deux"):
        reach(page, page.get_by_role("button", name="Intertitre", exact=True))
        page.keyboard.press("Enter")
        page.wait_for_url("**/modifier/#bloc-*")
        field = page.get_by_label("Intertitre", exact=True).last
        reach(page, field)
        page.keyboard.type(text)
        # Enter keeps what is written: it neither moves nor removes a block.
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert texts() == ["Un", "Deux"]

    reach(page, page.get_by_role("button", name="Monter\u00a0: Intertitre").last)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert texts() == ["Deux", "Un"]


def test_a_page_keeps_itself_and_is_ordered_by_dragging(page, site, alice, sign_in):
    sign_in(alice)
    page.set_viewport_size({"width": 1280, "height": 2000})  # both ends of the way are on the screen
    page.goto(f"{site}/pages/")
    press(page, "Créer une page")
    for number, text in enumerate(("Un", "Deux", "Trois")):
        press(page, "Texte")
        expect(page.locator("[data-block]")).to_have_count(number + 1)
        page.get_by_label("Texte", exact=True).last.fill(text)
    page.get_by_label("Titre", exact=True).fill("Écrite sans y penser")
    page.get_by_label("Description").focus()
    expect(page.locator("#saved")).to_contain_text("Enregistré à")
    assert Page.objects.get().title == "Écrite sans y penser"
    assert texts() == ["Un", "Deux", "Trois"]

    page.get_by_label("Texte", exact=True).last.fill("**Trois** et demi")
    page.get_by_label("Description").focus()
    expect(page.locator("[data-block] strong", has_text="Trois")).to_have_count(1)

    page.locator("[data-handle]").last.drag_to(
        page.locator("[data-block]").first, target_position={"x": 60, "y": 10}
    )
    expect(page.locator("[data-block] [id^=nom-]").first).to_have_text("1. Texte")
    expect(page.get_by_label("Texte", exact=True).first).to_have_value("**Trois** et demi")
    page.wait_for_function("document.querySelector('[data-order-form]').elements.order.value !== ''")
    until(page, lambda: texts() == ["**Trois** et demi", "Un", "Deux"])
    page.reload()
    expect(page.get_by_label("Texte", exact=True).first).to_have_value("**Trois** et demi")
    assert texts() == ["**Trois** et demi", "Un", "Deux"]


def test_a_page_is_printed_without_what_is_around_it(page, site, alice, sign_in):
    sign_in(alice)
    page.goto(f"{site}/pages/")
    press(page, "Créer une page")
    page.get_by_role("link", name="Voir la page").click()
    page.emulate_media(media="print")

    for around in (".cover", ".pagetools >> nth=0", ".footer"):
        expect(page.locator(around)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def reach(page, target, limit=80):
    """Presses Tab until `target` has the focus."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is out of reach of the keyboard")
