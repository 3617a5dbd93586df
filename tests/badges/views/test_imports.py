"""« Importer un badge »: given, looked at, kept or discarded, without script."""

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from badges.models import Assertion, ImportDraft, ImportedBadge
from tests.badges.services.imports.elsewhere import SITE, Elsewhere, picture
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/badges/importer/"


@pytest.fixture
def web(monkeypatch) -> Elsewhere:
    internet = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", internet.get)
    return internet


def upload(*contents: bytes, name: str = "badge.png") -> dict:
    return {"badge_files": [SimpleUploadedFile(name, content) for content in contents]}


def words(html: str) -> str:
    return " ".join(html.replace("\u202f", " ").replace("\u00a0", " ").split())


@pytest.fixture
def browser(alice, signed_in):
    return signed_in(alice)


def test_the_way_from_a_file_to_the_passport(web, alice, browser):
    sent = browser.post(PAGE, upload(web.baked(web.award())))
    assert (sent.status_code, sent.headers["Location"]) == (303, PAGE)

    html = words(browser.get(PAGE).content.decode())
    said = [
        "1 badge à regarder", "authentique", "Soudure à l’arc", "Délivré par <strong>Atelier des bricoleurs</strong>",
        "sur <strong>badges.example</strong>", "3 mai 2024", "Ce qui a été vérifié", "Garder ce badge", "Écarter",
    ]  # fmt: skip
    assert [words for words in said if words not in html] == []
    assert 'src="data:image/webp;base64,' in html
    assert not Assertion.objects.exists()

    draft = ImportDraft.objects.get()
    kept = browser.post(f"{PAGE}garder/", {"draft": draft.pk})

    assertion = Assertion.objects.get()
    assert (kept.status_code, kept.headers["Location"]) == (303, f"/badges/{assertion.uid}/")
    assert (assertion.holder, assertion.visibility) == (alice, "private")
    assert (
        "Le badge est dans votre passeport, en privé."
        in browser.get(f"/badges/{assertion.uid}/").content.decode()
    )


def test_opening_the_page_changes_nothing_and_asks_nobody(web, browser, read_only):
    browser.post(PAGE, upload(web.baked(web.award())))
    web.asked.clear()

    with read_only():
        assert browser.get(PAGE).status_code == 200
        assert browser.head(PAGE).status_code == 200

    assert web.asked == []


def test_several_addresses_are_read_one_by_one(web, browser):
    addresses = [web.award(number=number) for number in (1, 2)]

    assert browser.post(PAGE, {"text": "\r\n".join(addresses)}).status_code == 303
    assert list(ImportDraft.objects.values_list("source", flat=True)) == addresses


def test_a_pasted_text_may_have_lines(web, browser):
    text = web.text(web.award()).decode().replace(", ", ",\r\n")

    assert browser.post(PAGE, {"text": text}).status_code == 303
    assert ImportDraft.objects.get().verdict == "authentic"


def test_what_cannot_be_read_is_said_beside_its_field_and_the_rest_waits(web, browser):
    good = web.baked(web.award())

    response = browser.post(PAGE, upload(b"rien", good) | {"text": "https://nulle-part.example/1"})

    html = words(response.content.decode())
    assert response.status_code == 422
    assert "badge.png : Ce n’est ni un fichier PNG" in html
    assert "https://nulle-part.example/1 ne donne aucune réponse" in html
    assert ">https://nulle-part.example/1</textarea>" in html.replace("> ", ">")
    assert 'id="id_badge_files_error"' in html
    assert "1 badge à regarder" in html


@pytest.mark.parametrize("given", [{}, {"text": "   "}])
def test_nothing_given_gets_a_sentence(browser, given):
    response = browser.post(PAGE, given)

    assert response.status_code == 422
    assert "Choisissez un fichier, ou collez" in response.content.decode()


def test_an_empty_file_gets_a_sentence(browser):
    response = browser.post(PAGE, upload(b""))

    assert response.status_code == 422
    assert "badge.png" in response.content.decode()


def test_too_many_files_are_refused_before_they_are_read(web, browser):
    response = browser.post(PAGE, upload(*[b"x"] * 21))

    assert response.status_code == 422
    assert "20 badges au plus à la fois" in response.content.decode()
    assert web.asked == []


def test_files_that_are_too_heavy_together_are_refused(browser, monkeypatch):
    monkeypatch.setattr("badges.forms_import.MOST_TOGETHER", 10)

    assert "trop lourds ensemble" in browser.post(PAGE, upload(b"x" * 6, b"y" * 6)).content.decode()


def test_a_heavy_file_is_refused_with_its_limit(browser):
    response = browser.post(PAGE, upload(picture() + b"0" * 5 * 1024 * 1024))

    assert response.status_code == 422
    assert "5 Mo" in words(response.content.decode())


def test_another_address_can_be_added(web, alice, browser):
    browser.post(PAGE, upload(web.baked(web.award(to="alice@travail.fr"))))
    draft = ImportDraft.objects.get()

    html = words(browser.get(PAGE).content.decode())
    assert "Ce badge a été délivré à une autre adresse. Si elle est à vous, ajoutez-la." in html
    assert f'href="{reverse("accounts:settings")}"' in html
    assert "Garder ce badge" not in html
    browser.post(f"{PAGE}garder/", {"draft": draft.pk})
    assert not Assertion.objects.exists()

    EmailAddress.objects.create(user=alice, email="alice@travail.fr", verified=True)
    assert "Garder ce badge" in browser.get(PAGE).content.decode()
    browser.post(f"{PAGE}garder/", {"draft": draft.pk})
    assert Assertion.objects.get().recipient_address == "alice@travail.fr"


def test_a_badge_that_is_there_is_pointed_to(web, browser):
    raw = web.baked(web.award())
    for _time in range(2):
        browser.post(PAGE, upload(raw))
        browser.post(f"{PAGE}garder/", {"draft": ImportDraft.objects.get().pk})

    html = browser.get(PAGE).content.decode()
    assert "Vous avez déjà ce badge." in html
    assert f'href="/badges/{Assertion.objects.get().uid}/"' in html


def test_all_are_kept_at_once(web, browser):
    for number in (1, 2):
        badge = f"{SITE}/badge/{number}"
        address = web.award(number=number, badge={"id": badge}, assertion={"badge": badge})
        browser.post(PAGE, upload(web.text(address)))

    assert "Tout garder" in browser.get(PAGE).content.decode()
    response = browser.post(f"{PAGE}tout-garder/")

    assert (response.status_code, response.headers["Location"]) == (303, "/badges/")
    assert "2 badges sont dans votre passeport, en privé." in words(browser.get("/badges/").content.decode())


def test_a_badge_is_discarded(web, browser):
    browser.post(PAGE, upload(web.baked(web.award())))

    response = browser.post(f"{PAGE}ecarter/", {"draft": ImportDraft.objects.get().pk})

    assert response.status_code == 303
    assert not ImportDraft.objects.exists()
    assert "Le badge est écarté." in browser.get(PAGE).content.decode()


@pytest.mark.parametrize("act", ["garder", "ecarter"])
@pytest.mark.parametrize("chosen", ["other", "0", "", "abc", "9" * 30])
def test_drafts_of_others_and_inventions_are_not_there(web, browser, bob, signed_in, act, chosen):
    signed_in(bob).post(PAGE, upload(web.baked(web.award(to=bob.email))))
    other = ImportDraft.objects.get()

    assert "Soudure" not in browser.get(PAGE).content.decode()
    response = browser.post(f"{PAGE}{act}/", {"draft": other.pk if chosen == "other" else chosen})

    assert response.status_code == 303
    assert "Ce badge n’attend plus" in browser.get(PAGE).content.decode()
    assert ImportDraft.objects.get() == other
    assert not Assertion.objects.exists()


def test_charlie_is_asked_to_sign_in(client):
    for address in (PAGE, f"{PAGE}garder/", f"{PAGE}tout-garder/", f"{PAGE}ecarter/"):
        assert client.post(address).status_code == 302
    assert not ImportDraft.objects.exists()


@pytest.mark.parametrize("act", ["", "garder/", "tout-garder/", "ecarter/"])
def test_without_a_token_nothing_is_done(web, alice, act):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")

    assert strict.post(f"{PAGE}{act}", {"text": web.award()}).status_code == 403
    assert web.asked == []


def test_ten_imports_a_minute_for_each_person(browser, bob, signed_in, settings):
    settings.ACCOUNT_RATE_LIMITS = {"import_badge": "2/m/user"}

    assert [browser.post(PAGE, {}).status_code for _time in range(3)] == [422, 422, 429]
    assert signed_in(bob).post(PAGE, {}).status_code == 422


def test_the_limit_that_is_set():
    from django.conf import settings  # noqa: PLC0415

    assert settings.ACCOUNT_RATE_LIMITS["import_badge"] == "10/m/user"


def test_the_page_costs_the_same_however_many_wait(web, browser):
    counts = []
    for number in (1, 2, 3):
        browser.post(PAGE, upload(web.text(web.award(number=number))))
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            browser.get(PAGE)
        counts.append(len(queries))

    assert counts == [counts[0]] * 3
    assert counts[0] <= 10


def test_my_badges_leads_here_and_marks_what_came(web, browser):
    html = browser.get("/badges/").content.decode()
    assert f'href="{PAGE}"' in html
    assert "émetteur externe" not in html

    browser.post(PAGE, upload(web.baked(web.award())))
    browser.post(f"{PAGE}garder/", {"draft": ImportDraft.objects.get().pk})

    assert "émetteur externe" in browser.get("/badges/").content.decode()


MARKDOWN = "![x](https://evil.example/p.png) [y](javascript:alert(1))"
HOSTILE = "<script>alert(1)</script>'\"></title></textarea>\u202egnp.exe"


def test_what_a_badge_says_is_inert_on_every_page(web, alice, browser, client):
    """tests/client.py refuses inline script, handlers, foreign pictures and left-over templates on each answer."""
    address = web.award(
        issuer={"name": HOSTILE, "description": HOSTILE},
        badge={
            "name": HOSTILE[:250],
            "description": HOSTILE,
            "criteria": {
                "id": "javascript:alert(1)",
                "narrative": f"{HOSTILE} {MARKDOWN}",
            },
            "tags": [HOSTILE],
        },
        assertion={
            "narrative": HOSTILE,
            "evidence": [{"id": "javascript:alert(1)", "name": HOSTILE, "narrative": HOSTILE}],
        },
    )
    browser.post(PAGE, upload(web.baked(address), name="<b>x</b>.png"))
    pages = [browser.get(PAGE).content.decode()]
    browser.post(f"{PAGE}garder/", {"draft": ImportDraft.objects.get().pk})
    assertion = Assertion.objects.get()
    browser.post(f"/badges/{assertion.uid}/visibilite/", {"visibility": "public"})
    slug = assertion.badge_class.slug
    issuer = assertion.badge_class.issuer.slug
    own = [f"/badges/{assertion.uid}/", f"/badges/{assertion.uid}/partager/", "/badges/"]
    public = [
        f"/b/{assertion.uid}/", f"/b/{assertion.uid}/carte/", "/galerie/badges/", f"/galerie/badges/{slug}/",
        f"/galerie/badges/{slug}/criteres/", f"/galerie/emetteurs/{issuer}/",
    ]  # fmt: skip
    answers = [*map(browser.get, own), *map(client.get, public)]
    assert [answer.status_code for answer in answers] == [200] * 9
    pages += [answer.content.decode() for answer in answers]

    for html in pages:
        assert "<script>alert" not in html
        assert "javascript:" not in html.replace("(javascript:", "")
        assert "\u202e" not in html
        assert 'evil.example/p.png"' not in html


def test_names_of_files_are_text(web, browser):
    html = browser.post(PAGE, upload(b"rien", name="<img src=x>.png")).content.decode()

    assert "<img src=x>" not in html


def test_the_sentence_of_a_badge_of_ours_keeps_its_link(browser, alice, settings):
    from badges.services.accept import accept  # noqa: PLC0415
    from tests.factories import AssertionFactory  # noqa: PLC0415

    held = accept(assertion=AssertionFactory(recipient_address=alice.email), holder=alice)
    response = browser.post(PAGE, {"text": f"{settings.SITE_URL}/b/{held.uid}/"})

    assert response.status_code == 422
    assert f'<a href="/badges/{held.uid}/">' in response.content.decode()


def test_a_person_whose_badge_it_is_not_sees_nothing_of_it(web, browser, bob, signed_in, client):
    browser.post(PAGE, upload(web.baked(web.award())))
    browser.post(f"{PAGE}garder/", {"draft": ImportDraft.objects.get().pk})
    assertion = Assertion.objects.get()
    unknown = "00000000-0000-4000-8000-000000000000"

    for reader in (signed_in(bob), client):
        for path in ("/b/{}/", "/badges/{}/", "/ob2/assertions/{}", "/ob3/credentials/{}"):
            found, none = (reader.get(path.format(uid)) for uid in (assertion.uid, unknown))
            assert found.status_code == none.status_code
            assert b"Soudure" not in found.content
    assert ImportedBadge.objects.count() == 1
    assert UserFactory().import_drafts.count() == 0
