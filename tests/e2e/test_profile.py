"""A profile from its first word to what a visitor sees: without JavaScript, by keyboard, by dragging."""

import pytest
from playwright.sync_api import expect

from accounts.models import Profile
from accounts.services.picture import set_picture
from accounts.services.profile import Link, set_links
from badges.models import Assertion
from badges.querysets import PROFILE_ORDER
from tests.e2e.conftest import press
from tests.factories import AssertionFactory, BadgeClassFactory
from tests.given import picture, upload

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = {"name": "moi.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(400, 300))}


@pytest.fixture
def badges(alice, amcsti, congress_picture):
    """Alice's badges; the last one is shown first."""
    for name in ("Trois", "Deux", "Un"):
        badge_class = BadgeClassFactory(issuer=amcsti, name=name, image=congress_picture)
        AssertionFactory(badge_class=badge_class, holder=alice, recipient_name="Alice Martin", public=True)


@pytest.fixture
def full(alice, badges):
    set_links(
        profile=alice.profile,
        links=[Link("Un", "https://un.exemple/"), Link("Deux", "https://deux.exemple/")],
    )
    set_picture(profile=alice.profile, upload=upload(picture()))
    Profile.objects.filter(user=alice).update(visibility="public", about="Médiatrice.\nÀ Caen.", town="Caen")
    return Profile.objects.get(user=alice)


def seen(page) -> list[str]:
    """What stands in the profile, but for what a visitor may do there."""
    parts = page.locator("#profil").locator("h1, h2, h3, dd, .lead, .profile-links a, .pagecards a")
    return parts.all_inner_texts()


def order() -> list[str]:
    return list(Assertion.objects.order_by(*PROFILE_ORDER).values_list("badge_class__name", flat=True))


def test_a_profile_is_written_and_seen_without_javascript(plain_page, site, badges, alice, page):
    it = plain_page
    it.goto(f"{site}/compte/")
    it.get_by_role("link", name="Changer mon profil et sa visibilité").click()
    it.get_by_label("Présentation", exact=True).fill("Médiatrice.\nÀ Caen.")
    it.get_by_label("Adresse du profil", exact=True).fill("alice-martin")
    it.get_by_role("radio", name="Public").check()
    expect(
        it.get_by_role("checkbox", name="Les moteurs de recherche peuvent montrer mon profil")
    ).not_to_be_checked()
    press(it, "Enregistrer")
    expect(it.get_by_text("Votre profil est enregistré.")).to_be_visible()

    it.goto(f"{site}/compte/profil/photo/")
    it.get_by_label("Choisir une photo").set_input_files(files=[PHOTO])
    press(it, "Utiliser cette photo")
    expect(it.get_by_role("img", name="Alice Martin")).to_be_visible()

    it.get_by_role("link", name="Liens", exact=True).click()
    for label, address in (
        ("Mon site", "https://alice.exemple/"),
        ("Mon journal", "https://journal.exemple/"),
    ):
        it.get_by_label("Adresse").last.fill(address)
        it.get_by_label("Nom du lien").last.fill(label)
        press(it, "Enregistrer")
    press(it, "Monter\u00a0: Mon journal")

    it.get_by_role("navigation", name="Mon profil").get_by_role("link", name="Badges").click()
    press(it, "Descendre\u00a0: Un")
    press(it, "Retirer du profil\u00a0: Trois")
    expect(it.get_by_text("Hors du profil")).to_be_visible()

    it.get_by_role("link", name="Voir mon profil").click()
    it.get_by_role("link", name="Visiteur sans compte").click()
    expect(it.get_by_text("tel que le voit un visiteur sans compte")).to_be_visible()

    page.goto(f"{site}/u/alice-martin/")  # a visitor, in another browser
    expect(page.get_by_role("img", name="Alice Martin")).to_be_visible()
    assert seen(page) == seen(it)
    assert page.get_by_role("heading", level=3).all_inner_texts() == ["Deux", "Un"]
    assert page.get_by_role("list", name="Liens").get_by_role("link").all_inner_texts() == [
        "Mon journal",
        "Mon site",
    ]


def test_the_keyboard_alone_orders_badges_and_looks_as_others_do(page, site, alice, badges, sign_in):
    sign_in(alice)
    page.goto(f"{site}/badges/profil/")
    reach(page, page.get_by_role("button", name="Descendre\u00a0: Un", exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert order() == ["Deux", "Un", "Trois"]

    # The keyboard goes on from the badge that was moved.
    reach(page, page.get_by_role("button", name="Descendre\u00a0: Un", exact=True), limit=4)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert order() == ["Deux", "Trois", "Un"]

    page.goto(f"{site}/u/{alice.profile.handle}/")
    reach(page, page.get_by_role("link", name="Utilisateur enregistré"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("cette adresse n’existe pas")).to_be_visible()


def test_badges_and_links_are_ordered_by_dragging(page, site, alice, full, sign_in):
    sign_in(alice)
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto(f"{site}/badges/profil/")
    drag(page)
    expect(page.locator("#saved")).to_contain_text("L’ordre est enregistré.")
    assert order() == ["Trois", "Un", "Deux"]
    expect(page.locator(".arrange__name").first).to_have_text("1. Trois")

    page.goto(f"{site}/compte/profil/liens/")
    drag(page)
    press(page, "Enregistrer")
    expect(page.get_by_text("Vos liens sont enregistrés.")).to_be_visible()
    assert list(alice.profile.links.values_list("label", flat=True)) == ["Deux", "Un"]


def test_the_choice_of_search_engines_stands_by_a_public_profile_alone(page, site, alice, sign_in):
    sign_in(alice)
    page.goto(f"{site}/compte/profil/")
    choice = page.get_by_role("checkbox", name="Les moteurs de recherche peuvent montrer mon profil")
    expect(choice).to_be_hidden()
    page.get_by_role("radio", name="Public").check()
    choice.check()
    page.get_by_role("radio", name="Privé").check()
    expect(choice).to_be_hidden()
    press(page, "Enregistrer")
    expect(page.get_by_text("Ils ne montrent pas votre profil.")).to_be_visible()
    assert not Profile.objects.get(user=alice).is_indexed


@pytest.mark.parametrize("width, look", [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing(page, site, alice, full, sign_in, accessible, width, look):
    sign_in(alice)
    page.emulate_media(color_scheme=look)
    page.set_viewport_size({"width": width, "height": 900})
    own = f"/u/{full.handle}/"
    for path in (
        "/compte/profil/",
        "/compte/profil/photo/",
        "/compte/profil/liens/",
        "/badges/profil/",
        own,
        f"{own}?vue=public",
        "/galerie/profils/",
    ):
        page.goto(f"{site}{path}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def drag(page):
    page.locator("[data-handle]").last.drag_to(
        page.locator("[data-block]").first, target_position={"x": 60, "y": 4}
    )


def reach(page, target, limit=80):
    """Presses Tab until `target` has the focus."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is out of reach of the keyboard")
