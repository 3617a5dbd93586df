"""An organiser with a registration export and an afternoon: a thousand badges in at most ten clicks."""

import re

import pytest
from playwright.sync_api import Page, expect

from badges.models import Assertion, Batch
from badges.services.send import advance_due
from notifications.enums import MessageState
from notifications.models import Message
from notifications.services.sending import send_due
from tests.e2e.conftest import DESKTOP, PHONE, Visitor
from tests.e2e.test_pages import overflows

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = (
    "Référence commande;Date de la commande;Statut de la commande;Nom participant;Prénom participant;"
    "Nom payeur;Prénom payeur;Email payeur;Tarif"
)


def row(number: int, name: str, address: str, status: str = "Validé") -> str:
    return f"{number};05/07/2019 10:0{number % 10};{status};{name};Élise;{name};Élise;{address};Congrès"


@pytest.fixture
def export(tmp_path):
    """A thousand registrations as HelloAsso exports them: semicolons, the encoding of Windows, payers' addresses."""
    rows = [row(n, f"Nom{n}", f"p{n}@exemple.fr") for n in range(996)]
    rows += [
        row(996, "Partage", "p1@exemple.fr"),
        row(997, "Faute", "faute@gmial.com"),
        row(998, "Sans", "pas une adresse"),
        row(999, "Annulée", "annulee@exemple.fr", "Annulé"),
    ]
    file = tmp_path / "inscrits-helloasso.csv"
    file.write_bytes("\r\n".join([TITLES, *rows]).encode("cp1252"))
    return file


def looked_at(page: Page, accessible) -> None:
    """The page as it stands, on a desk and on a phone."""
    for screen in (PHONE, DESKTOP):
        page.set_viewport_size(screen)
        accessible(page)
        assert not overflows(page), page.url


def work_until_empty() -> None:
    """What the worker does, in this process: the test's database is its own."""
    while advance_due() or send_due():
        pass


def test_a_thousand_badges_in_ten_clicks(
    page, visitor: Visitor, site, congress, olga, sign_in, export, accessible, settings
):
    settings.EMAIL_BACKEND = "notifications.backends.EmlBackend"
    sign_in(olga)
    page.set_viewport_size(DESKTOP)
    page.goto(f"{site}/admin/")

    visitor.click(page.get_by_role("link", name="Badges", exact=True).last)
    visitor.click(page.get_by_role("link", name="Délivrer ce badge"))
    looked_at(page, accessible)
    visitor.clicks += 1
    page.get_by_label("Ou donnez un fichier").set_input_files(export)
    visitor.click(page.get_by_role("button", name="Vérifier la liste"))

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Délivrer.: vérifier la liste"))
    tally = page.locator(".tally")
    expect(tally).to_contain_text(re.compile(r"996\s*prêtes"))
    expect(tally).to_contain_text(re.compile(r"2\s*à corriger"))
    expect(page.get_by_text("vouliez-vous écrire gmail.com")).to_be_visible()
    looked_at(page, accessible)
    visitor.click(page.get_by_role("button", name="Prendre l’adresse proposée"))
    visitor.click(page.get_by_role("link", name="Envoyer 997 badges"))
    looked_at(page, accessible)
    visitor.click(page.get_by_role("button", name="Envoyer 997 badges"))

    expect(page.get_by_text("997 badges sont en file. Vous pouvez fermer cette page.")).to_be_visible()
    looked_at(page, accessible)
    assert visitor.clicks == 7
    assert visitor.typed == 0
    page.goto("about:blank")  # a closed browser stops nothing

    work_until_empty()
    assert (Assertion.objects.waiting().count(), Message.objects.filter(state=MessageState.SENT).count()) == (
        997,
        997,
    )
    batch = Batch.objects.get()
    assert Assertion.objects.get(recipient_address="p1@exemple.fr").recipient_name == "Élise Nom1"
    page.goto(f"{site}/admin/badges/batch/{batch.pk}/change/")
    expect(page.get_by_text(re.compile(r"997 sur 997 envoyés"))).to_be_visible()
    looked_at(page, accessible)


def test_corrections_by_keyboard_without_script(browser, site, congress, olga, client):
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="fr-FR")
    context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
    page = context.new_page()
    page.goto(f"{site}/admin/badges/badgeclass/{congress.pk}/delivrer/")
    page.get_by_label("Collez la liste").fill("alice@exemple.fr, Alice\nbob@, Bob")
    page.get_by_role("button", name="Vérifier la liste").press("Enter")
    field = page.get_by_role("textbox", name=re.compile("ligne 2"))
    field.fill("bob@exemple.fr")
    page.get_by_role("button", name="Revérifier les corrections").press("Enter")
    page.get_by_role("link", name="Envoyer 2 badges").press("Enter")
    page.get_by_role("button", name="Envoyer 2 badges").press("Enter")

    expect(page.get_by_text("2 badges sont en file.")).to_be_visible()
    context.close()
