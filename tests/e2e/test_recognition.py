"""Congratulate, recommend, answer, ask: with JavaScript, without, and by keyboard alone."""

import pytest
from playwright.sync_api import expect

from connections import invitations
from connections.models import Congratulation, Recognition, RecognitionRequest
from connections.services import ask
from tests.e2e.conftest import PHONE, press
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Elle anime **avec tact**, devant toutes les salles."


@pytest.fixture
def badge(alice, amcsti, congress_picture):
    badge_class = BadgeClassFactory(issuer=amcsti, name="Médiation", image=congress_picture)
    return AssertionFactory(badge_class=badge_class, public=True, holder=alice, recipient_name="Alice Martin")


@pytest.fixture
def plain(browser, site, client):
    """Makes a page without JavaScript, signed in as the given person or as nobody."""
    contexts = []

    def opened(user=None):
        context = browser.new_context(viewport=PHONE, locale="fr-FR", java_script_enabled=False)
        contexts.append(context)
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_congratulated_recommended_accepted_and_read(page, site, badge, alice, bob, sign_in, accessible):
    sign_in(bob)
    page.goto(f"{site}/b/{badge.uid}/")
    accessible(page)
    press(page, "Féliciter")
    expect(page.get_by_text("1 personne a félicité pour ce badge.")).to_be_visible()
    page.get_by_role("link", name="Recommander ce badge").click()
    accessible(page)
    press(page, "Envoyer")
    expect(page.get_by_role("alert").get_by_text("Écrivez quelques mots")).to_be_visible()
    accessible(page)
    page.get_by_label("Votre recommandation").fill(TEXT)
    press(page, "Envoyer")
    expect(page.get_by_text("Votre recommandation est envoyée")).to_be_visible()
    page.get_by_role("link", name="Ma recommandation").click()
    expect(page.get_by_text("En attente de la réponse du titulaire")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Mes recommandations").click()
    accessible(page)

    sign_in(alice)
    page.goto(f"{site}/badges/{badge.uid}/")
    page.get_by_role("link", name="Reconnaissances", exact=True).click()
    expect(page.get_by_text("Bob Leroy").first).to_be_visible()
    accessible(page)
    press(page, "Accepter et afficher")
    expect(page.get_by_text("Affichée sous le badge")).to_be_visible()
    accessible(page)

    page.context.clear_cookies()
    page.goto(f"{site}/b/{badge.uid}/")
    expect(page.locator("strong", has_text="avec tact")).to_be_visible()
    expect(
        page.get_by_role("link", name="Signé").or_(page.get_by_role("link", name="Document signé"))
    ).to_be_visible()
    accessible(page)
    assert Congratulation.objects.count() == 1


def test_without_javascript_a_request_is_sent_answered_and_withdrawn(
    plain, site, badge, alice, page, accessible
):
    holder = plain(alice)
    holder.goto(f"{site}/badges/{badge.uid}/reconnaissances/")
    holder.get_by_role("link", name="Demander une recommandation").click()
    holder.get_by_label("Adresse e-mail, ou adresse de profil").fill("prof@exemple.fr")
    holder.get_by_label("Votre message").fill("Vous souvenez-vous de l’atelier ?")
    press(holder, "Envoyer la demande")
    expect(holder.get_by_text("prof@exemple.fr")).to_be_visible()

    link = invitations.link_for(RecognitionRequest.objects.get())
    guest = plain()
    guest.goto(link)
    expect(guest.get_by_text("Vous souvenez-vous de l’atelier")).to_be_visible()
    guest.get_by_label("Votre nom").fill("Jeanne Prof")
    press(guest, "Envoyer")
    expect(guest.get_by_label("Votre nom")).to_have_value("Jeanne Prof")
    guest.get_by_label("Votre recommandation").fill(TEXT)
    press(guest, "Envoyer")
    expect(guest.get_by_text("En attente de la réponse du titulaire")).to_be_visible()

    holder.reload()
    press(holder, "Accepter sans afficher")
    expect(holder.get_by_text("Acceptée, non affichée")).to_be_visible()
    guest.reload()
    expect(guest.get_by_text("Acceptée, gardée par le titulaire")).to_be_visible()
    press(guest, "Retirer ma recommandation")
    expect(guest.get_by_text("n’est plus conservée ici")).to_be_visible()
    assert not Recognition.objects.exists()


def test_the_pages_of_a_request_are_accessible(page, site, badge, alice, bob, sign_in, accessible):
    by_mail = ask.ask(assertion=badge, message="Un mot ?", address="prof@exemple.fr")
    by_member = ask.ask(assertion=badge, message="Un mot ?", member=bob)
    link = invitations.link_for(by_mail)
    page.goto(link)
    accessible(page)
    page.get_by_role("link", name="Ne plus recevoir de demandes").click()
    accessible(page)
    press(page, "Ne plus recevoir de demandes")
    expect(page.get_by_role("heading", name="Vous ne recevrez plus de demandes")).to_be_visible()
    page.goto(link)
    press(page, "Je préfère ne pas le faire")
    expect(page.get_by_text("Vous avez décliné.")).to_be_visible()

    sign_in(bob)
    page.goto(f"{site}{by_member.get_absolute_url()}")
    accessible(page)
    sign_in(alice)
    page.goto(f"{site}/badges/{badge.uid}/demander-une-recommandation/")
    accessible(page)


def test_the_keyboard_alone_recommends_and_answers(page, site, badge, alice, sign_in):
    sign_in(UserFactory(name="Chloé Autre"))
    page.goto(f"{site}/b/{badge.uid}/")
    reach(page, page.get_by_role("link", name="Recommander ce badge"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Votre recommandation"))
    page.keyboard.type("Solide.")
    reach(page, page.get_by_role("button", name="Envoyer"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Votre recommandation est envoyée")).to_be_visible()

    sign_in(alice)
    page.goto(f"{site}/badges/{badge.uid}/reconnaissances/")
    reach(page, page.get_by_role("button", name="Accepter et afficher"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Affichée sous le badge")).to_be_visible()
    assert Recognition.objects.get().shown


@pytest.mark.parametrize("width", [320])
def test_nothing_is_cut_on_a_narrow_screen(page, site, badge, bob, alice, sign_in, width):
    ask.ask(assertion=badge, message="M" * 200, address="une.adresse.vraiment.tres.longue@exemple.fr")
    page.set_viewport_size({"width": width, "height": 700})
    sign_in(alice)

    for path in (
        f"/badges/{badge.uid}/reconnaissances/",
        f"/badges/{badge.uid}/demander-une-recommandation/",
        f"/b/{badge.uid}/",
        invitations.link_for(RecognitionRequest.objects.get()).removeprefix(site),
    ):
        page.goto(f"{site}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def reach(page, target) -> None:
    """Goes on with the Tab key until `target` has the focus."""
    target.wait_for()
    for _step in range(60):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("The keyboard does not come here.")
