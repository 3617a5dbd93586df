"""The bell: seen in the header, opened, read, and how soon it comes by mail; by mouse, keyboard and without script."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from badges.services.heralding import herald_expiring, herald_waiting
from notifications.models import Notification, Preference
from notifications.services.choose import paces_of
from notifications.stopping import link_for
from tests.e2e.conftest import DESKTOP
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def told(alice, amcsti, congress_picture):
    """A badge that waits for Alice, and one of hers that expires."""
    waiting, held = (
        BadgeClassFactory(issuer=amcsti, name=name, image=congress_picture)
        for name in ("Je participe au congrès", "Premiers secours")
    )
    herald_waiting([AssertionFactory(badge_class=waiting, recipient_address=alice.email)])
    AssertionFactory(
        badge_class=held,
        accepted=True,
        holder=alice,
        recipient_name="Alice Martin",
        expires_at=timezone.now() + timedelta(days=20),
    )
    herald_expiring()


def bell(page):
    return page.get_by_role("banner").get_by_role("link", name="Notifications")


def test_the_bell_is_read_and_its_mails_are_chosen_without_javascript(plain_page, site, told, alice):
    it = plain_page
    it.goto(f"{site}/accueil/")
    expect(bell(it)).to_have_accessible_name("Notifications (2 non lues)")
    bell(it).click()
    expect(it.get_by_role("heading", name="Aujourd’hui")).to_be_visible()
    it.get_by_role("button", name="Premiers secours").click()
    expect(it.get_by_role("heading", level=1)).to_contain_text("Premiers secours")
    expect(bell(it)).to_have_accessible_name("Notifications (1 non lue)")

    bell(it).click()
    expect(it.get_by_role("link", name="Premiers secours")).to_be_visible()
    it.get_by_role("button", name="Tout marquer comme lu").click()
    expect(bell(it)).to_have_accessible_name("Notifications")
    assert not Notification.objects.unread().exists()

    it.get_by_role("link", name="Ce qui arrive par e-mail").click()
    ending = it.get_by_role("group", name="Un de vos badges expire bientôt")
    expect(ending.get_by_role("radio", name="Une fois par jour")).to_be_checked()
    ending.get_by_role("radio", name="Une fois par semaine").check()
    it.get_by_role("button", name="Enregistrer").click()
    expect(it.get_by_text("Vos choix sont enregistrés.")).to_be_visible()
    assert list(Preference.objects.values_list("kind", "pace")) == [("badge-expiring", "weekly")]


def test_by_keyboard_alone(page, site, told, sign_in, alice):
    sign_in(alice)
    page.set_viewport_size(DESKTOP)
    page.goto(f"{site}/accueil/")
    bell(page).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Notifications")
    page.get_by_role("button", name="Je participe au congrès").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Accepter ce badge")).to_be_visible()

    page.goto(f"{site}/notifications/preferences/")
    group = page.get_by_role("group", name="Un badge vous attend")
    group.get_by_role("radio", name="Jamais").focus()
    page.keyboard.press("ArrowLeft")
    expect(group.get_by_role("radio", name="Une fois par semaine")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vos choix sont enregistrés.")).to_be_visible()
    assert paces_of(alice)["badge-waiting"] == "weekly"


def test_the_link_of_a_mail_stops_it_and_takes_it_back(page, site, alice, accessible):
    page.goto(link_for(alice.pk, {"badge-expiring": "daily"}))
    accessible(page)
    page.get_by_role("button", name="Je ne veux plus recevoir ces e-mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous ne recevrez plus ces e-mails")
    accessible(page)
    assert paces_of(alice)["badge-expiring"] == "never"
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("button", name="Je ne veux plus recevoir ces e-mails")).to_be_visible()
    assert paces_of(alice)["badge-expiring"] == "daily"


@pytest.mark.parametrize("size, scheme", [(DESKTOP, "light"), (NARROW, "dark")], ids=["1280", "320"])
def test_every_page_is_accessible_and_fits(page, site, told, sign_in, alice, accessible, scheme, size):
    sign_in(alice)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size(size)
    for path in ("/notifications/", "/notifications/preferences/"):
        page.goto(site + path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    Notification.objects.all().delete()
    page.goto(f"{site}/notifications/")
    accessible(page)
