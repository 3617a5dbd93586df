"""Two people meet: a question, its answer, a block and a report. With script, without, and by keyboard alone."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from connections.models import Block, PersonFollow, Report
from connections.services import people
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both(alice, bob, amcsti, congress_picture):
    """Alice's profile is for members, Bob's is public; they have a badge in common."""
    badge_class = BadgeClassFactory(issuer=amcsti, slug="podcast", name="Podcast", image=congress_picture)
    for person, visibility in ((alice, "members"), (bob, "public")):
        person.profile.visibility = visibility
        person.profile.save()
        AssertionFactory(public=True, badge_class=badge_class, holder=person, recipient_name=person.name)
    return alice, bob


@pytest.fixture(params=["with script", "without script"])
def windows(request, browser, site, both):
    """A window of Alice's and one of Bob's."""
    contexts = []
    for person in both:
        client = Client()  # signing another person in with the same one would end the first one's session
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(
            viewport=PHONE, locale="fr-FR", java_script_enabled=request.param == "with script"
        )
        context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
        contexts.append(context)
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def press(page, name):
    page.get_by_role("button", name=name).click()


def test_a_question_is_put_answered_and_taken_back(windows, site, both):
    hers, his = windows
    his.goto(f"{site}/connexions/suggestions/")
    expect(his.get_by_text("1 badge en commun")).to_be_visible()
    press(his, "Demander à suivre Alice Martin")
    expect(his.get_by_text("Votre demande est envoyée à Alice Martin.")).to_be_visible()
    expect(his.get_by_text("Pas encore de suggestion")).to_be_visible()

    hers.goto(f"{site}/accueil/")
    hers.get_by_role("link", name="CONNEXIONS (1 demande à laquelle répondre)").click()
    hers.get_by_role("link", name="Répondre", exact=True).click()
    press(hers, "Accepter Bob Leroy")
    expect(hers.get_by_text("Cette personne vous suit désormais.")).to_be_visible()
    expect(hers.get_by_role("link", name="CONNEXIONS", exact=True)).to_be_visible()

    his.get_by_role("link", name="Personnes").click()
    expect(his.get_by_role("link", name="Personnes 1")).to_be_visible()
    his.get_by_role("searchbox").fill("martin")
    press(his, "Chercher")
    his.get_by_role("link", name="Alice Martin").click()
    expect(his.get_by_text("Vous suivez cette personne")).to_be_visible()
    press(his, "Ne plus suivre")
    expect(his.get_by_role("button", name="Demander à suivre")).to_be_visible()
    assert not PersonFollow.objects.exists()


def test_a_person_is_reported_and_blocked(windows, site, both):
    hers, his = windows
    alice, bob = both
    people.follow(follower=alice, followed=bob)
    hers.goto(f"{site}/u/{bob.profile.handle}/")
    hers.get_by_text("Signaler ou bloquer").click()
    hers.get_by_role("link", name="Signaler ce profil").click()
    press(hers, "Signaler")
    expect(hers.get_by_role("alert")).to_contain_text("Choisissez une raison.")
    hers.get_by_role("radio", name="Propos blessants").check()
    hers.get_by_role("checkbox", name="Bloquer aussi cette personne").check()
    press(hers, "Signaler")
    expect(hers.get_by_text("Merci. Les administrateurs")).to_be_visible()
    expect(hers.get_by_text("Vous avez bloqué cette personne")).to_be_visible()
    assert Report.objects.get().reporter == alice

    assert his.goto(f"{site}/u/{alice.profile.handle}/").status == 404
    hers.get_by_role("button", name="Débloquer").click()
    expect(hers.get_by_role("button", name="Suivre", exact=True)).to_be_visible()
    assert his.goto(f"{site}/u/{alice.profile.handle}/").status == 200
    assert not Block.objects.exists()


def test_by_keyboard_alone(page, site, both, sign_in):
    alice, bob = both
    people.follow(follower=bob, followed=alice)
    sign_in(alice)
    page.goto(f"{site}/connexions/abonnes/")

    def tab_to(name):
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == name:
                return
        raise AssertionError(f"« {name} » is not reached by Tab")

    tab_to("Refuser Bob Leroy")
    page.keyboard.press("Enter")
    expect(page.get_by_text("La demande est refusée.")).to_be_visible()
    tab_to("Personnes bloquées et demandes refusées")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Demandes refusées", exact=True)).to_be_visible()
    tab_to("Lever le refus Bob Leroy")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Le refus est levé.")).to_be_visible()
    assert PersonFollow.objects.get().state == "asked"


@pytest.mark.parametrize(
    "size, scheme", [(DESKTOP, "light"), ({"width": 320, "height": 700}, "dark")], ids=["desk", "320 px"]
)
def test_filled_pages_are_accessible_and_fit(page, site, both, sign_in, accessible, size, scheme):
    alice, bob = both
    others = [UserFactory(name=f"Marie-Antoinette Vandenbroucke{n}") for n in range(4)]
    for person in others:
        person.profile.visibility = "public" if person != others[3] else "members"
        person.profile.save()
    people.follow(follower=bob, followed=alice)
    people.follow(follower=others[0], followed=alice)
    people.accept(followed=alice, follower_uid=others[0].uid)
    people.follow(follower=others[1], followed=alice)
    people.refuse(followed=alice, follower_uid=others[1].uid)
    people.follow(follower=alice, followed=others[2])
    people.follow(follower=alice, followed=others[3])
    sign_in(alice)
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    addresses = ["connexions/", "connexions/abonnes/", "connexions/suggestions/", "connexions/ecartees/"]
    profile = f"u/{bob.profile.handle}/"
    for address in [
        *addresses,
        profile,
        f"connexions/signaler/profil/{bob.uid}/",
        "galerie/emetteurs/amcsti/",
    ]:
        page.goto(f"{site}/{address}")
        for fold in page.locator("details.fold > summary").all():
            fold.click()
        accessible(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address
