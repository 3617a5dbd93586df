"""The first page of a new person, and its news: with script, without, and by keyboard alone."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from accounts.models import Profile
from connections.models import BadgeFollow
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def news(alice, bob, amcsti, congress_picture):
    """Alice follows a badge that Bob shows."""
    badge_class = BadgeClassFactory(issuer=amcsti, slug="podcast", name="Podcast", image=congress_picture)
    BadgeFollow.objects.create(user=alice, badge_class=badge_class)
    Profile.objects.filter(user=bob).update(visibility="members")
    AssertionFactory(members=True, badge_class=badge_class, holder=bob, recipient_name="Bob Leroy")


def window(browser, site, person, **options):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(locale="fr-FR", **{"viewport": PHONE, **options})
    context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
    return context.new_page()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_hint_is_put_away_and_news_lead_to_people(browser, site, alice, bob, news, script):
    page = window(browser, site, alice, java_script_enabled=script)
    page.goto(f"{site}/accueil/")
    expect(page.get_by_role("heading", name="Complétez votre profil")).to_be_visible()
    page.get_by_role("button", name="Masquer ce conseil Complétez votre profil").click()
    expect(page.get_by_text("Ce conseil ne sera plus affiché.")).to_be_visible()
    expect(page.get_by_role("heading", name="Complétez votre profil")).to_have_count(0)

    page.get_by_role("link", name="Bob Leroy").click()
    expect(page).to_have_url(f"{site}/u/{bob.profile.handle}/")
    page.context.close()


def test_a_hint_is_put_away_by_keyboard(browser, site, alice, news):
    page = window(browser, site, alice, viewport=DESKTOP)
    page.goto(f"{site}/accueil/")
    for _step in range(60):
        page.keyboard.press("Tab")
        if "Complétez votre profil" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ce conseil ne sera plus affiché.")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_read_by_all_and_fits_a_narrow_screen(browser, site, alice, news, accessible, scheme):
    page = window(
        browser,
        site,
        alice,
        viewport={"width": 320, "height": 700},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page.goto(f"{site}/accueil/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    accessible(page)
    page.context.close()
