"""« Tout télécharger »: from the list of badges to a page that is read from a disk."""

import mimetypes
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.services.consent import give, statement_in_force
from tests.badges.exported import Opened, kept, opened
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import AssertionFactory
from tests.signed import signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def award(alice, congress):
    """Alice's, who has accepted the statement in force."""
    give(user=alice, document=statement_in_force())
    return signed(
        public=True,
        badge_class=congress,
        holder=alice,
        recipient_address=alice.email,
        recipient_name="Alice Martin",
    )


def downloaded(page: Page, site: str) -> Opened:
    page.goto(f"{site}/badges/")
    page.get_by_role("link", name="Tout télécharger").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger mes badges").click()
    assert download.value.suggested_filename.startswith("badges-")
    return opened(Path(download.value.path()).read_bytes())


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_all_badges_leave_in_one_file_that_can_be_read(
    page, site, alice, award, sign_in, accessible, colours
):
    AssertionFactory(recipient_address=alice.email)
    kept(alice)
    sign_in(alice)
    archive = downloaded(page, site)

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(f"{site}/disk/")
        route.fulfill(body=archive.files[name], content_type=mimetypes.guess_type(name)[0])

    page.route(f"{site}/disk/**", answer)
    page.emulate_media(color_scheme=colours)
    for size in (PHONE, DESKTOP, {"width": 320, "height": 700}):
        page.set_viewport_size(size)
        page.goto(f"{site}/disk/index.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("Alice Martin")
        expect(page.get_by_role("article")).to_have_count(2)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        accessible(page)
    image = page.locator(f"article:has-text('{award.printed_code}') img")
    image.scroll_into_view_if_needed()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 440


def test_a_badge_s_own_files_are_at_hand(page, site, alice, award, sign_in, accessible):
    sign_in(alice)
    page.goto(f"{site}/badges/{award.uid}/")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Image PNG pour la plupart des plateformes").click()
    assert download.value.suggested_filename == "amcsti-2019.png"
