"""One's own badges: many at once, words, evidence; without JavaScript, by keyboard, seen by axe."""

import pytest
from playwright.sync_api import expect

from badges.models import Assertion, HolderEvidence
from tests.e2e.conftest import press
from tests.e2e.test_portfolio import reach
from tests.factories import AssertionFactory, BadgeClassFactory
from tests.given import pdf

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = {"name": "bilan.pdf", "mimeType": "application/pdf", "buffer": pdf()}


@pytest.fixture
def held(alice, amcsti, congress_picture):
    """Two badges that Alice holds, and two that wait for her."""
    classes = [
        BadgeClassFactory(issuer=amcsti, name=name, image=congress_picture)
        for name in ("Médiation", "Atelier", "Congrès", "Débat")
    ]
    for badge_class in classes[2:]:
        AssertionFactory(badge_class=badge_class, recipient_address=alice.email)
    return [
        AssertionFactory(badge_class=badge_class, accepted=True, holder=alice, recipient_name="Alice Martin")
        for badge_class in classes[:2]
    ]


def levels() -> dict[str, str]:
    rows = Assertion.objects.filter(state="accepted")
    return dict(rows.values_list("badge_class__name", "visibility"))


def test_all_are_accepted_changed_and_brought_back_without_javascript(plain_page, site, held):
    it = plain_page
    it.goto(f"{site}/badges/")
    it.get_by_role("link", name="Tout accepter").click()
    it.get_by_role("checkbox", name="Débat").uncheck()
    press(it, "Accepter les badges cochés")
    expect(it.get_by_text("1 badge est à vous, et privé.")).to_be_visible()

    it.get_by_role("link", name="Modifier plusieurs badges").click()
    for name in ("Médiation", "Congrès"):
        it.get_by_role("checkbox", name=name).check()
    it.get_by_label("Visibilité du badge").select_option(label="Public")
    it.get_by_label("Mots-clés à ajouter").fill("2019")
    press(it, "Aperçu")
    expect(it.get_by_role("heading", name="2 badges deviennent publics")).to_be_visible()
    assert set(levels().values()) == {"private"}
    press(it, "Modifier 2 badges")
    expect(it.get_by_text("2 badges ont été modifiés.")).to_be_visible()
    assert levels() == {"Médiation": "public", "Atelier": "private", "Congrès": "public"}

    press(it, "Annuler")
    expect(it.get_by_text("2 badges sont comme avant.")).to_be_visible()
    assert set(levels().values()) == {"private"}


def test_evidence_is_added_and_seen_without_javascript(plain_page, site, held, page):
    it, badge = plain_page, held[0]
    it.goto(f"{site}/badges/{badge.uid}/")
    it.get_by_role("link", name="Preuves", exact=True).click()
    it.get_by_role("link", name="Ajouter une preuve").click()
    it.get_by_label("Titre").fill("Mon stand")
    it.get_by_label("Fichier", exact=True).set_input_files([PAPER])
    it.get_by_role("checkbox", name="La montrer à ceux qui voient le badge").check()
    press(it, "Enregistrer")
    expect(it.get_by_text("Les preuves sont enregistrées.")).to_be_visible()
    assert HolderEvidence.objects.get().is_shown

    it.goto(f"{site}/badges/{badge.uid}/visibilite/")
    it.get_by_role("radio", name="Public").check()
    press(it, "Enregistrer")
    page.goto(f"{site}/b/{badge.uid}/")
    expect(page.get_by_role("heading", name="AJOUTÉ PAR LE TITULAIRE")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="bilan.pdf").click()
    assert download.value.suggested_filename == "bilan.pdf"


def test_words_are_written_by_keyboard_alone(page, site, alice, sign_in, held):
    sign_in(alice)
    page.goto(f"{site}/badges/{held[0].uid}/reglages/")
    reach(page, page.get_by_label("Mots-clés personnels"))
    page.keyboard.type("congrès, 2019")
    reach(page, page.locator("main").get_by_role("button", name="Enregistrer"))
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_text("Vos mots-clés et votre note sont enregistrés.")).to_be_visible()
    assert [tag.name for tag in held[0].tags.all()] == ["2019", "congrès"]


@pytest.mark.parametrize("width, scheme", [(1280, "light"), (320, "dark")])
def test_the_pages_are_accessible(page, site, alice, sign_in, accessible, held, scheme, width):
    badge = held[0]
    HolderEvidence.objects.create(assertion=badge, name="Mon stand", narrative="J’y étais.")
    sign_in(alice)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})

    for path in (
        "/badges/?tri=nom&emetteur=amcsti",
        "/badges/tout-accepter/",
        "/badges/modifier/",
        f"/badges/{badge.uid}/",
        f"/badges/{badge.uid}/reglages/",
        f"/badges/{badge.uid}/preuves/",
        f"/badges/{badge.uid}/preuves/ajouter/",
    ):
        page.goto(site + path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path

    page.goto(f"{site}/badges/modifier/")
    page.get_by_role("checkbox", name="Médiation").check()
    page.get_by_label("Visibilité du badge").select_option(label="Public")
    press(page, "Aperçu")
    expect(page.get_by_role("heading", name="1 badge devient public")).to_be_visible()
    accessible(page)
