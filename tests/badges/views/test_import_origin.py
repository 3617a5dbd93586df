"""Where a badge comes from, on its pages; and « Vérifier à nouveau »."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from badges.enums import Visibility
from badges.models import Assertion, ImportedBadge
from badges.services import versions
from badges.services.accept import accept
from badges.services.imports.keep import keep
from badges.services.imports.read import Given, read
from badges.services.show import show
from tests.badges.services.imports.elsewhere import SITE, Elsewhere
from tests.factories import AssertionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(monkeypatch) -> Elsewhere:
    internet = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", internet.get)
    return internet


def kept(web, user, *, alive: bool = True, **award) -> Assertion:
    address = web.award(to=user.email, **award)
    raw = web.baked(address)
    if not alive:
        web.pages.clear()
    [draft] = read(given=[Given("badge", raw)], user=user).drafts
    return show(assertion=keep(draft=draft, holder=user), visibility=Visibility.PUBLIC)


def words(response) -> str:
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def test_its_pages_say_where_it_comes_from(web, alice, signed_in, client):
    assertion = kept(web, alice)
    ImportedBadge.objects.update(verified_at=datetime(2026, 3, 4, 9, 30, tzinfo=UTC))

    own, public = (
        words(signed_in(alice).get(f"/badges/{assertion.uid}/")),
        words(client.get(f"/b/{assertion.uid}/")),
    )

    for html in (own, public):
        assert "D’où vient ce badge" in html
        assert "sur <strong>badges.example</strong>" in html
        assert "émetteur externe" in html
        assert "authentique" in html
        assert "Dernière vérification le 4 mars 2026 10:30." in html
        assert "Non vérifié" not in html
        assert "son site ne l’a pas confirmé" not in html.replace("le site de l’émetteur", "son site")
    assert "Vérifier à nouveau" in own
    assert f'href="/badges/{assertion.uid}/telecharger.png"' in own
    assert "Vérifier à nouveau" not in public
    assert "telecharger" not in public


def test_an_address_that_says_who_earned_it_is_shown_without(web, alice, client):
    named = f"{SITE}/assertions/1?v=2_0&identity__email=alice%40exemple.fr"
    assertion = kept(web, alice, assertion={"id": named})

    pages = (
        client.get(f"/b/{assertion.uid}/"),
        client.post("/verifier/", {"text": assertion.printed_code}),
    )

    for page in pages:
        assert f"{SITE}/assertions/1?v=2_0" in words(page)
        assert "exemple.fr" not in words(page)


def test_a_badge_of_this_site_says_nothing_of_it(alice, signed_in, client):
    held = accept(assertion=AssertionFactory(recipient_address=alice.email), holder=alice)
    show(assertion=held, visibility=Visibility.PUBLIC)

    for html in (words(signed_in(alice).get(f"/badges/{held.uid}/")), words(client.get(f"/b/{held.uid}/"))):
        assert "D’où vient ce badge" not in html
        assert "émetteur externe" not in html


def test_what_nobody_has_proved_is_never_called_verified(web, alice, signed_in, client):
    assertion = kept(web, alice, alive=False)

    for response in (signed_in(alice).get(f"/badges/{assertion.uid}/"), client.get(f"/b/{assertion.uid}/")):
        html = words(response)
        assert "Non vérifié." in html
        assert "émetteur injoignable" in html
        assert "Injoignable depuis le" in html
        assert "le site de l’émetteur ne l’a pas confirmé" in html
        assert "authentique" not in html
        assert "/galerie/emetteurs/" not in html


def test_what_is_over_and_was_never_proved_is_not_verified(web, alice, signed_in):
    raw = web.text(web.award(to=alice.email, assertion={"expires": "2024-06-01T00:00:00Z"}))
    del web.pages[f"{SITE}/issuer"]
    [draft] = read(given=[Given("badge", raw)], user=alice).drafts
    assertion = keep(draft=draft, holder=alice)

    html = words(signed_in(alice).get(f"/badges/{assertion.uid}/"))

    assert assertion.imported.verdict == "expired"
    assert "Non vérifié." in html


def test_lists_cards_profiles_and_the_gallery_mark_it(web, alice, signed_in, client):
    assertion = kept(web, alice)
    alice.profile.visibility = Visibility.PUBLIC
    alice.profile.save()

    for response in (
        signed_in(alice).get("/badges/"),
        client.get(f"/b/{assertion.uid}/carte/"),
        client.get(f"/u/{alice.profile.handle}/"),
        client.get(assertion.badge_class.get_absolute_url()),
        client.get(assertion.badge_class.issuer.get_absolute_url()),
    ):
        assert response.status_code == 200
        assert "émetteur externe" in words(response)


def test_it_is_verified_again_when_its_holder_asks(web, alice, signed_in):
    assertion = kept(web, alice)
    web.pages[f"{SITE}/assertions/1"] = 410
    browser = signed_in(alice)

    response = browser.post(f"/badges/{assertion.uid}/verifier/")

    assert (response.status_code, response.headers["Location"]) == (303, f"/badges/{assertion.uid}/")
    html = words(browser.get(f"/badges/{assertion.uid}/"))
    assert "Nouvelle vérification : révoqué." in html
    assert "Atelier des bricoleurs a retiré ce badge" in html


@pytest.mark.parametrize("who", ["bob", "nobody"])
def test_nobody_else_asks(web, alice, bob, signed_in, client, who):
    assertion = kept(web, alice)
    web.asked.clear()

    response = (signed_in(bob) if who == "bob" else client).post(f"/badges/{assertion.uid}/verifier/")

    assert response.status_code == (404 if who == "bob" else 302)
    assert web.asked == []


def test_a_badge_of_this_site_is_not_asked_about(alice, signed_in):
    held = accept(assertion=AssertionFactory(recipient_address=alice.email), holder=alice)

    assert signed_in(alice).post(f"/badges/{held.uid}/verifier/").status_code == 404


def test_asking_is_limited_and_protected(web, alice, signed_in, settings):
    settings.ACCOUNT_RATE_LIMITS = {"import_badge": "1/m/user"}
    address = f"/badges/{kept(web, alice).uid}/verifier/"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")

    assert strict.post(address).status_code == 403
    assert [signed_in(alice).post(address).status_code for _time in range(2)] == [303, 429]
    assert signed_in(alice).get(address).status_code == 405


def test_the_original_is_given_back_to_its_holder_alone(web, alice, bob, signed_in, client):
    assertion = kept(web, alice)
    address = f"/badges/{assertion.uid}/telecharger.png"

    assert signed_in(alice).get(address).content == bytes(ImportedBadge.objects.get().original)
    assert [reader.get(address).status_code for reader in (signed_in(bob), client)] == [404, 404]


def test_its_pages_cost_the_same_and_little(web, alice, signed_in, client):
    assertion = kept(web, alice)
    browser = signed_in(alice)
    counts = []
    for reader, path in ((browser, f"/badges/{assertion.uid}/"), (client, f"/b/{assertion.uid}/")):
        reader.get(path)
        with CaptureQueriesContext(connection) as queries:
            reader.get(path)
        counts.append(len(queries))
        assert not any('"original"' in query["sql"] for query in queries)

    assert counts == [10, 7]


def test_my_badges_cost_the_same_with_one_import_and_with_three(web, alice, signed_in):
    browser, counts = signed_in(alice), []
    for number in (1, 2, 3):
        kept(web, alice, number=number)
        browser.get("/badges/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/badges/")
        counts.append(len(queries))

    assert counts == [counts[0]] * 3


def test_a_reworded_badge_shows_what_was_awarded(alice, signed_in, client):
    waiting = AssertionFactory(recipient_address=alice.email)
    held = show(assertion=accept(assertion=waiting, holder=alice), visibility=Visibility.PUBLIC)
    said = held.recognises.name, held.recognises.description
    assert held.version == versions.current(held.badge_class)
    badge_class = held.badge_class
    badge_class.name, badge_class.description, badge_class.criteria = "Renommé", "Récrit.", "Redit."
    badge_class.tags = ["changé"]
    badge_class.save()

    for response in (
        signed_in(alice).get(f"/badges/{held.uid}/"),
        signed_in(alice).get("/badges/"),
        client.get(f"/b/{held.uid}/"),
        client.get(f"/b/{held.uid}/carte/"),
    ):
        html = words(response)
        assert said[0] in html
        assert [word for word in ("Renommé", "Récrit.", "Redit.", "changé") if word in html] == []


@pytest.mark.parametrize(
    "path", ["ob2/assertions/{}", "ob2/assertions/{}.jws", "ob3/credentials/{}", "ob3/credentials/{}.jwt"]
)
def test_this_site_vouches_for_nothing_that_it_has_not_issued(web, alice, client, path):
    """Nor for its badge and its issuer, public as they may be."""
    assertion = kept(web, alice)
    rows = [
        path.format(assertion.uid),
        f"ob2/badges/{assertion.version.uid}",
        f"ob2/issuers/{assertion.badge_class.issuer.uid}",
    ]

    assert [client.get(f"/{address}").status_code for address in rows] == [404] * 3
    assert client.get(f"/verifier/?badge={assertion.printed_code}").status_code == 200
