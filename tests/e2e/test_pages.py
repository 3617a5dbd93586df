"""Every page of the demonstration, by day and by night: axe finds nothing, nothing is wider than the screen."""

import pytest

from accounts.models import Profile, User
from badges import stopping
from badges.claims import link_for
from badges.models import Assertion, BadgeClass, Batch
from badges.services.draft import draft
from badges.services.sign import documents_of
from home.demonstration.load import load
from home.demonstration.logins import kept
from pages.forms import new_block
from pages.models import Page
from pages.services.show import open_link
from pages.services.write import write
from sharing.page_offer import secret_address
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
    "/verifier/?badge=7K3M-9QX2-PLHV",
    "/obtenir/transmis/",
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
    "/connexions/badges/",
    "/connexions/emetteurs/",
    "/connexions/abonnes/",
    "/connexions/suggestions/",
    "/connexions/ecartees/",
    "/connexions/signaler/badge/amcsti-2019/",
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


@pytest.fixture(params=["phone by night", "desk by day"])
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
    stop = stopping.token_for(shown.badge_class.issuer, "une.adresse.bien.longue@exemple.fr")
    portfolio = Page.objects.get()
    open_link(page=portfolio)
    pages = [
        *OPEN,
        f"/p/{portfolio.uid}/",
        f"/p/{portfolio.uid}/carte/",
        secret_address(portfolio).removeprefix(site),
        f"/obtenir/desinscription/{stop}/",
        f"/b/{shown.uid}/",
        f"/b/{shown.uid}/carte/",
        f"/u/{profile.handle}/",
    ]
    walk(screen, site, pages, accessible)
    waiting = Assertion.objects.waiting().exclude(recipient_name="").first()
    with screen.expect_response(lambda response: response.url.endswith("/ouvert/")) as told:
        screen.goto(link_for(waiting))
    assert told.value.status == 204
    accessible(screen)
    screen.get_by_role("link", name="Ce badge n’est pas pour moi").click()
    accessible(screen)
    assert not overflows(screen)
    screen.get_by_role("link", name="Revenir au badge").click()
    screen.get_by_role("checkbox").check()
    screen.get_by_role("button", name="Continuer").click()
    accessible(screen)


def test_pages_of_a_member(screen, site, demonstration, sign_in, accessible):
    member = User.objects.get(email=kept()["member"].email)
    sign_in(member)
    held = Assertion.objects.held_by(member)
    waiting = Assertion.objects.pending_for(member).first().get_absolute_url()
    pages = [*OWN, waiting, f"{waiting}transmettre/"]
    for level in ("private", "public"):
        address = held.filter(visibility=level).first().get_absolute_url()
        pages += [address, f"{address}partager/"]
    walk(screen, site, pages, accessible)


@pytest.mark.parametrize("theme", ["passport", "sober", "night", "large"])
def test_portfolio_pages_of_a_member(screen, site, demonstration, sign_in, accessible, theme):
    """Each theme with every kind of block, read and written."""
    portfolio = Page.objects.get()
    sign_in(portfolio.owner)
    blocks = [
        *portfolio.blocks,
        {
            **new_block("link"),
            "url": "https://exemple.fr/carnet",
            "label": "Le carnet",
            "note": "De terrain.",
        },
        {**new_block("video"), "url": "https://video.exemple.fr/w/1", "label": "Le film"},
        {**new_block("tag"), "tag": "médiation"},
        new_block("profile"),
    ]
    write(page=portfolio, content={**portfolio.content, "theme": theme, "blocks": blocks})
    tails = ["", "?comme=public", "modifier/", "partager/", "versions/", "supprimer/"]
    pages = [f"/pages/{portfolio.uid}/{tail}" for tail in tails]
    walk(screen, site, [*pages, f"/p/{portfolio.uid}/"], accessible)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_of_an_organiser(page, site, demonstration, sign_in, accessible, size):
    organiser = User.objects.get(email=kept()["organiser"].email)
    sign_in(organiser)
    page.set_viewport_size(size)
    badge_class = BadgeClass.objects.get(slug="amcsti-2019")
    batch = Batch.objects.filter(badge_class=badge_class).first()
    rows = "e-mail;nom\nx@gmial.com;X\nrien;Y\nz@exemple.fr;Z\nz@exemple.fr;Zoé\n"
    checked = draft(badge_class=badge_class, raw=rows.encode(), source="liste.csv", by=organiser)
    award, badge, listed = (
        f"/admin/badges/{model}/{pk}/"
        for model, pk in [
            ("assertion", Assertion.objects.waiting().filter(badge_class=badge_class).first().pk),
            ("badgeclass", badge_class.pk),
            ("batch", batch.pk),
        ]
    )
    pages = ["/admin/", "/admin/badges/badgeclass/", "/admin/badges/assertion/", "/admin/badges/batch/"]
    pages += ["/admin/badges/listpreset/", f"/admin/badges/issuer/{badge_class.issuer_id}/change/"]
    pages += [f"{badge}change/", f"{badge}delivrer/", f"{badge}suivi/", f"{award}change/"]
    pages += [f"{listed}change/", f"{listed}relancer/", f"{listed}arreter/", f"{listed}revoquer/"]
    pages += [
        f"/admin/badges/batch/{checked.pk}/{tail}" for tail in ("change/", "change/?etat=shared", "envoyer/")
    ]
    held = Assertion.objects.valid().filter(badge_class=badge_class).first()
    documents_of(held)
    pages += ["/admin/badges/badgeclass/recommander/", f"{badge}recommander/"]
    pages += [f"/admin/badges/assertion/{held.pk}/{tail}" for tail in ("preuves/", "change/")]
    walk(page, site, pages, accessible)
    page.get_by_role("button", name="Vérifier maintenant").click()
    page.get_by_text("Tous les contrôles").first.click()
    accessible(page)
    assert not overflows(page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_of_an_administrator(page, site, demonstration, sign_in, accessible, size):
    administrator = User.objects.get(email=kept()["administrator"].email)
    sign_in(administrator)
    page.set_viewport_size(size)
    issuer = f"/admin/badges/issuer/{BadgeClass.objects.get(slug='amcsti-2019').issuer_id}/"
    pages = [f"{issuer}change/", f"{issuer}cles/", "/admin/badges/importedbadge/"]
    walk(page, site, pages, accessible)
