"""Files from the device to a page that others read: without JavaScript, with it, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import File
from accounts.services.files import keep
from pages.models import Page
from pages.services.make import create
from pages.services.show import show
from pages.services.write import write
from tests.e2e.conftest import DESKTOP, press
from tests.e2e.test_portfolio import reach
from tests.given import pdf, picture, upload
from tests.pages.conftest import block, content

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = {"name": "plage.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(800, 600))}
PAPER = {"name": "carnet.pdf", "mimeType": "application/pdf", "buffer": pdf()}
PROGRAM = {"name": "jeu.exe", "mimeType": "image/jpeg", "buffer": b"MZ"}


def drawn(page, selector) -> list[bool]:
    """Whether each picture has come."""
    page.wait_for_load_state("networkidle")
    return page.eval_on_selector_all(selector, "all => all.map(one => one.complete && one.naturalWidth > 0)")


def test_files_are_given_placed_shown_and_deleted_without_javascript(plain_page, site, page):
    it = plain_page
    it.goto(f"{site}/compte/")
    it.get_by_role("link", name="Voir mes fichiers").click()
    it.get_by_label("Fichiers", exact=True).set_input_files([PHOTO, PAPER, PROGRAM])
    press(it, "Ajouter")
    expect(it.get_by_role("alert")).to_contain_text("jeu.exe")
    expect(it.get_by_role("link", name="plage.jpg", exact=True)).to_be_visible()
    expect(it.get_by_text("Utilisé nulle part")).to_have_count(2)

    it.goto(f"{site}/pages/")
    press(it, "Créer une page")
    press(it, "Fichier ou image")
    it.get_by_label("Fichier", exact=True).select_option(label="carnet.pdf")
    it.get_by_label("Légende").fill("Mon carnet de terrain")
    press(it, "Galerie d’images")
    it.get_by_role("checkbox", name="plage.jpg").check()
    press(it, "Enregistrer")
    it.get_by_label("Ce que montre « plage.jpg »").fill("Une plage à marée basse")
    it.get_by_role("radio", name="Public").check()
    press(it, "Enregistrer")
    expect(it.get_by_text("La page est enregistrée.")).to_be_visible()

    page.goto(f"{site}/p/{Page.objects.get().uid}/")
    expect(page.get_by_role("img", name="Une plage à marée basse")).to_be_visible()
    assert drawn(page, ".folio__gallery img") == [True]
    with page.expect_download() as download:
        page.get_by_role("link", name="Mon carnet de terrain").click()
    assert download.value.suggested_filename == "carnet.pdf"

    it.goto(f"{site}/compte/fichiers/")
    expect(it.get_by_role("link", name="la page « Page sans titre »")).to_have_count(2)
    it.get_by_role("link", name="Supprimer : plage.jpg").click()
    expect(it.get_by_text("Il disparaît aussi des endroits où il est utilisé")).to_be_visible()
    press(it, "Supprimer ce fichier")
    expect(it.get_by_text("Le fichier est supprimé.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("img", name="Une plage à marée basse")).to_have_count(0)
    expect(page.get_by_role("link", name="Mon carnet de terrain")).to_be_visible()


def test_with_script_a_picture_is_there_as_soon_as_it_is_chosen(page, site, alice, sign_in, accessible):
    folio = create(owner=alice, title="Dix ans")
    write(page=folio, content=content(block("gallery"), block("text")))
    sign_in(alice)
    page.set_viewport_size(DESKTOP)
    page.goto(f"{site}/pages/{folio.uid}/modifier/")

    page.get_by_label("Ajouter des images depuis cet appareil").set_input_files([PHOTO])
    expect(page.get_by_label("Ce que montre « plage.jpg »")).to_be_visible()
    assert drawn(page, ".described img") == [True]
    page.get_by_label("Texte", exact=True).press_sequentially("Un mot **fort**.")
    expect(page.locator(".block__preview strong", has_text="fort")).to_be_visible()
    accessible(page)


def test_a_refused_picture_is_told_with_script(page, site, alice, sign_in):
    folio = create(owner=alice, title="Dix ans")
    write(page=folio, content=content(block("gallery")))
    sign_in(alice)
    page.goto(f"{site}/pages/{folio.uid}/modifier/")

    page.get_by_label("Ajouter des images depuis cet appareil").set_input_files([PROGRAM])

    expect(page.get_by_text(re.compile("jeu.exe"))).to_be_visible()
    assert not File.objects.exists()


def test_a_file_is_deleted_by_keyboard_alone(page, site, alice, sign_in):
    keep(owner=alice, upload=upload(picture(), "plage.jpg"))
    sign_in(alice)
    page.goto(f"{site}/compte/fichiers/")

    for role, wanted in (("link", "Supprimer : plage.jpg"), ("button", "Supprimer ce fichier")):
        reach(page, page.get_by_role(role, name=wanted))
        with page.expect_navigation():
            page.keyboard.press("Enter")

    expect(page.get_by_text("Le fichier est supprimé.")).to_be_visible()
    assert not File.objects.exists()


@pytest.mark.parametrize("width, scheme", [(1280, "light"), (320, "dark")])
def test_the_pages_of_files_are_accessible(page, site, alice, sign_in, accessible, scheme, width):
    photo, paper = (
        keep(owner=alice, upload=upload(*given))
        for given in ((picture(), "plage.jpg"), (pdf(), "x" * 100 + ".pdf"))
    )
    folio = create(owner=alice, title="Dix ans")
    uids = [str(photo.uid), str(paper.uid)]
    shown = [block("file", file=uid, caption="Légende", alternative="Une plage") for uid in uids]
    write(page=folio, content=content(*shown, block("gallery", pictures=uids[:1])))
    show(page=folio, visibility="public")
    sign_in(alice)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})

    for path in (
        "/compte/fichiers/",
        f"/compte/fichiers/{photo.uid}/supprimer/",
        f"/pages/{folio.uid}/modifier/",
        f"/p/{folio.uid}/",
    ):
        page.goto(site + path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert all(drawn(page, "main img:not([loading=lazy])")), path
