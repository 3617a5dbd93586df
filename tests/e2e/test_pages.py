"""Every page of the demonstration, by day and by night: axe finds nothing, nothing is wider than the screen."""

import pytest

from accounts.models import Profile, User
from badges.claims import link_for
from badges.models import Assertion, BadgeClass, Batch
from home.demonstration.load import load
from home.demonstration.logins import kept
from tests.e2e.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = [
    "/",
    "/galerie/badges/",
    "/galerie/badges/?emetteur=amcsti&pays=FR&tri=nom",
    "/galerie/badges/?nom=introuvable",
    "/galerie/badges/amcsti-2019/",
    "/galerie/badges/amcsti-2019/criteres/",
    "/galerie/emetteurs/amcsti/",
    "/galerie/profils/",
    "/galerie/pages/",
    "/galerie/carte/",
    "/compte/connexion/",
    "/compte/inscription/",
    "/compte/code/",
    "/compte/mot-de-passe/oublie/",
    "/obtenir/retrouver/",
    "/obtenir/badge/00000000-0000-4000-8000-000000000000/",
    "/aide/",
    "/mentions-legales/",
    "/protection-des-donnees/",
    "/accessibilite/",
    "/code-source/",
    "/nulle-part/",
    "/styleguide/",
]
OWN = [
    "/accueil/",
    "/badges/",
    "/connexions/",
    "/pages/",
    "/compte/",
    "/compte/profil/",
    "/galerie/badges/amcsti-2019/",
]


@pytest.fixture
def demonstration(site, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.DEMONSTRATION = True
    load(kept())


@pytest.fixture(params=["phone by day", "phone by night", "desk by day"])
def screen(request, page):
    page.set_viewport_size(DESKTOP if "desk" in request.param else PHONE)
    page.emulate_media(color_scheme="dark" if "night" in request.param else "light", reduced_motion="reduce")
    return page


def walk(page, site, addresses, accessible):
    for address in addresses:
        page.goto(f"{site}{address}")
        accessible(page)
        assert not overflows(page), f"{address} is wider than the screen"


def overflows(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_pages_open_to_everybody(screen, site, demonstration, accessible):
    shown = Assertion.objects.shown_to("public").select_related("holder__profile").first()
    profile = Profile.objects.filter(visibility="public").first()
    pages = [*OPEN, f"/b/{shown.uid}/", f"/b/{shown.uid}/carte/", f"/u/{profile.handle}/"]
    walk(screen, site, pages, accessible)
    waiting = Assertion.objects.waiting().exclude(recipient_name="").first()
    screen.goto(link_for(waiting))
    accessible(screen)
    screen.get_by_role("checkbox").check()
    screen.get_by_role("button", name="Continuer").click()
    accessible(screen)


def test_pages_of_a_member(screen, site, demonstration, sign_in, accessible):
    member = User.objects.get(email=kept()["member"].email)
    sign_in(member)
    held = Assertion.objects.held_by(member)
    pages = [*OWN, Assertion.objects.pending_for(member).first().get_absolute_url()]
    for level in ("private", "public"):
        address = held.filter(visibility=level).first().get_absolute_url()
        pages += [address, f"{address}partager/"]
    walk(screen, site, pages, accessible)


def test_pages_of_an_organiser(page, site, demonstration, sign_in, accessible):
    organiser = User.objects.get(email=kept()["organiser"].email)
    sign_in(organiser)
    page.set_viewport_size(DESKTOP)
    badge_class = BadgeClass.objects.get(slug="amcsti-2019")
    batch = Batch.objects.filter(badge_class=badge_class).first()
    pages = [
        "/admin/",
        "/admin/badges/badgeclass/",
        f"/admin/badges/badgeclass/{badge_class.pk}/change/",
        "/admin/badges/assertion/",
        f"/admin/badges/badgeclass/{badge_class.pk}/delivrer/",
        f"/admin/badges/batch/{batch.pk}/change/",
    ]
    walk(page, site, pages, accessible)
