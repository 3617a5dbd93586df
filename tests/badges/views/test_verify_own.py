"""« Vérifier un badge », for badges of this site: the same checks, and no word more than their page or file says."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from badges import addresses
from badges.models import ImportedBadge, SignedDocuments
from badges.services import keys
from badges.services.imports.keep import keep
from badges.services.imports.read import Given, read
from badges.services.revoke import revoke
from badges.services.show import show
from tests.badges.services.imports.elsewhere import Elsewhere
from tests.factories import AssertionFactory
from tests.signed import signed, stored_picture

pytestmark = pytest.mark.django_db
PAGE = "/verifier/"
UNKNOWN = "0000-0000-0000"
NO_BADGE = "Ce site ne montre aucun badge sous ce code ou cette adresse."


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch):
    monkeypatch.setattr(
        "passport.lib.fetch.get", lambda *args, **kwargs: pytest.fail("the network was asked")
    )


@pytest.fixture
def award(alice):
    """Alice's, as acceptance leaves it; `award("pending")` and so on for the other states."""
    kinds = {
        "pending": {"accepted": False},
        "declined": {"accepted": False, "declined": True},
        "private": {"holder": alice},
        "members": {"members": True, "holder": alice},
        "public": {"public": True, "holder": alice},
    }

    def make(kind: str, **fields):
        given = {"recipient_address": alice.email, "recipient_name": "Alice Martin"} | kinds[kind] | fields
        return signed(**given) if given.get("accepted", True) else AssertionFactory(**given)

    return make


def withdrawn(award):
    revoke(assertion=award, reason="mistake")
    return award


def words(answer) -> str:
    text = answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    return " ".join(re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", text).split())


def stamp(answer) -> str:
    found = re.search(r'<p class="ink ink--\w+"><strong>([^<]+)</strong>', words(answer))
    return found[1] if found else ""


def but_for_what_was_typed(answer) -> str:
    return re.sub(r"<textarea[^>]*>[^<]*</textarea>", "", words(answer))


def ask(browser, text: str, **more):
    return browser.post(PAGE, {"text": text, **more})


def give(browser, content: str | bytes):
    raw = content.encode() if isinstance(content, str) else content
    return browser.post(PAGE, {"badge_file": SimpleUploadedFile("badge", raw)})


def names(award) -> dict[str, str]:
    """All that leads to an award, by what a person would copy."""
    code, site = award.printed_code, "http://localhost:8000"
    return {
        "code": code,
        "small": code.lower().replace("-", ""),
        "spaced": f"  {code.replace('-', ' ')} ",
        "short address": f"{site}/v/{code}",
        "page": f"{site}/b/{award.uid}/",
        "page of the holder": f"{site}/badges/{award.uid}/",
        "picture": f"{site}/badges/{award.uid}/telecharger.png?version=3",
        "link of this page": f"{site}{PAGE}?badge={code}",
    }


def test_a_public_badge_is_found_however_it_is_named(client, award):
    public = award("public")

    for text in names(public).values():
        answer = ask(client, text)
        assert (answer.status_code, stamp(answer), text) == (200, "AUTHENTIQUE", text)
        assert public.printed_code in words(answer)
        assert f'href="/b/{public.uid}/"' in words(answer)


@pytest.mark.parametrize("address", [addresses.assertion, addresses.credential])
def test_its_documents_are_judged_as_those_of_any_site(client, award, address):
    assert stamp(ask(client, address(award("public").uid))) == "AUTHENTIQUE"
    assert stamp(ask(client, address(award("private").uid))) == "NON VALIDE"


def test_our_issuers_are_not_external_and_their_picture_is_shown(client, award):
    public = award("public")
    public.badge_class.image = stored_picture()
    public.badge_class.save()
    other = signed(public=True, badge_class=public.badge_class)

    html = words(ask(client, other.printed_code))

    assert "émetteur externe" not in html
    assert "sur <strong>localhost:8000</strong>" in html
    assert 'src="data:image/webp;base64,' in html


def hidden(award) -> dict:
    return {
        "pending": award("pending"),
        "declined": award("declined"),
        "private": award("private"),
        "members": award("members"),
        "revoked while private": withdrawn(award("private")),
        "revoked while shown to members": withdrawn(award("members")),
        "erased": award("public", holder=None),
    }


def test_what_has_no_page_is_as_unknown_as_a_code_that_does_not_exist(client, award):
    nothing = ask(client, UNKNOWN)
    wanted = but_for_what_was_typed(nothing)

    assert (nothing.status_code, NO_BADGE in wanted) == (422, True)
    for state, badge in hidden(award).items():
        for text in names(badge).values():
            answer = ask(client, text)
            assert (state, answer.status_code) == (state, 422)
            assert but_for_what_was_typed(answer) == wanted, state


@pytest.mark.parametrize("address", [addresses.assertion, addresses.credential])
def test_the_document_of_what_is_not_public_is_as_unknown_as_one_that_does_not_exist(client, award, address):
    def answered(uid) -> str:
        html = but_for_what_was_typed(ask(client, address(uid)))
        return re.sub(r"\d\d:\d\d", "", html.replace(str(uid), ""))

    nothing = answered(uuid4())
    assert "NON VALIDE" in nothing
    for state, badge in hidden(award).items():
        assert answered(badge.uid) == nothing, state


@pytest.mark.parametrize(
    "path", ["/", "/galerie/badges/", "/v/", "/verifier/", "/verifier/?badge=x", "/b/1/"]
)
def test_other_pages_of_this_site_are_no_badge(client, path):
    answer = ask(client, f"http://localhost:8000{path}")

    assert answer.status_code == 422
    assert NO_BADGE in words(answer)


def test_whoever_may_open_a_badge_may_verify_it(award, signed_in, alice, bob):
    private, members = award("private"), award("members")
    holder, member = signed_in(alice), signed_in(bob)

    assert [stamp(ask(holder, badge.printed_code)) for badge in (private, members)] == ["AUTHENTIQUE"] * 2
    assert [stamp(ask(member, badge.printed_code)) for badge in (private, members)] == ["", "AUTHENTIQUE"]


def test_a_badge_revoked_in_public_says_so_and_names_nobody(client, award):
    answer = ask(client, withdrawn(award("public")).printed_code)

    assert stamp(answer) == "RÉVOQUÉ"
    for word in ("Alice", "Martin", "exemple.fr", "sha256$"):
        assert word not in words(answer)


@pytest.mark.parametrize("kind", ["private", "members"])
def test_the_holder_learns_that_a_private_badge_was_revoked(award, signed_in, alice, kind):
    assert stamp(ask(signed_in(alice), withdrawn(award(kind)).printed_code)) == "RÉVOQUÉ"


@pytest.mark.parametrize("form", ["signed", "credential", "token"])
def test_the_file_of_a_private_badge_carries_its_proof(client, award, form):
    private = award("private")
    document = getattr(SignedDocuments.objects.get(assertion=private), form)

    answer = give(client, document)
    assert stamp(answer) == "AUTHENTIQUE"
    assert private.printed_code not in words(answer)
    assert str(private.uid) not in words(answer).replace(addresses.credential(private.uid), "")

    withdrawn(private)
    answer = give(client, document)
    assert stamp(answer) == "RÉVOQUÉ"
    for word in ("Alice", "Martin", "exemple.fr"):
        assert word not in words(answer)


@pytest.mark.parametrize("version", ["2", "3"])
@pytest.mark.parametrize("extension", ["png", "svg"])
def test_a_picture_that_its_holder_took_away_is_authentic(
    client, award, signed_in, alice, extension, version
):
    private = award("private")
    type(private.version).objects.update(image=stored_picture())
    file = signed_in(alice).get(f"/badges/{private.uid}/telecharger.{extension}?version={version}")

    assert stamp(give(client, file.content)) == "AUTHENTIQUE"


def test_an_expired_badge_says_so(client, award):
    now = timezone.now()
    over = award("public", issued_at=now - timedelta(days=9), expires_at=now - timedelta(days=1))

    for answer in (ask(client, over.printed_code), give(client, SignedDocuments.objects.get().token)):
        assert stamp(answer) == "EXPIRÉ"
        assert "Non vérifié" not in words(answer)


def test_a_letter_changed_is_seen(client, award):
    document = SignedDocuments.objects.get(assertion=award("public")).credential

    assert stamp(give(client, document.replace("Badge ", "Bague "))) in {"MODIFIÉ", "NON VALIDE"}


def test_the_recipient_of_a_badge_of_ours_is_compared(client, award):
    code = award("public").printed_code

    assert stamp(ask(client, code, recipient="ALICE@exemple.fr")) == "AUTHENTIQUE"
    assert stamp(ask(client, code, recipient="bob@exemple.fr")) == "NON VALIDE"


@pytest.mark.parametrize("baked", [True, False])
def test_an_imported_badge_is_judged_by_its_original(client, alice, monkeypatch, baked):
    web = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", web.get)
    address = web.award()
    raw = web.baked(address) if baked else web.text(address)
    [draft] = read(given=[Given("badge", raw)], user=alice).drafts
    kept = keep(draft=draft, holder=alice)
    assert stamp(ask(client, kept.printed_code)) == ""

    show(assertion=kept, visibility="public")
    answer = ask(client, kept.printed_code)
    assert stamp(answer) == "AUTHENTIQUE"
    assert "émetteur externe" in words(answer)
    assert "alice" not in words(answer).lower()

    web.pages[address] = 410
    assert stamp(ask(client, kept.printed_code)) == "RÉVOQUÉ"


def test_of_a_revoked_import_nobody_but_its_holder_learns_what_it_was(client, alice, signed_in, monkeypatch):
    web = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", web.get)
    kept = keep(draft=read(given=[Given("badge", web.text(web.award()))], user=alice).drafts[0], holder=alice)
    show(assertion=kept, visibility="public")
    withdrawn(kept)

    answer = ask(client, kept.printed_code)

    assert stamp(answer) == "RÉVOQUÉ"
    for word in ("Soudure", "bricoleurs", "badges.example", "data:image"):
        assert word not in words(answer)
    assert "Soudure" in words(ask(signed_in(alice), kept.printed_code))


def test_an_imported_badge_that_only_its_address_proves_is_asked_for_there(client, alice, monkeypatch):
    web = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", web.get)
    address = web.award()
    kept = keep(draft=read(given=[Given("badge", web.text(address))], user=alice).drafts[0], holder=alice)
    show(assertion=kept, visibility="public")
    ImportedBadge.objects.update(source=address, original=b"{}", report={"format": "ob0-hosted"})

    assert stamp(ask(client, kept.printed_code)) == "AUTHENTIQUE"


def test_an_award_from_elsewhere_without_its_original_is_unknown(client, alice, monkeypatch):
    web = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", web.get)
    kept = keep(draft=read(given=[Given("badge", web.text(web.award()))], user=alice).drafts[0], holder=alice)
    show(assertion=kept, visibility="public")
    ImportedBadge.objects.all().delete()

    assert NO_BADGE in words(ask(client, kept.printed_code))


def test_when_the_keys_are_lost_nobody_is_told_how_they_are_kept(award, signed_in, alice, settings, caplog):
    private = award("private")
    SignedDocuments.objects.all().delete()
    keys._open.cache_clear()
    settings.KEYS_SECRET = "another secret that is long enough to be one"

    answer = ask(signed_in(alice), private.printed_code)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "Ce site ne peut pas signer en ce moment." in words(answer)
    assert "KEYS_SECRET" not in words(answer)
    assert "KEYS_SECRET" in caplog.text


def test_its_page_and_its_holder_s_lead_here(client, award, signed_in, alice):
    public, gone = award("public"), withdrawn(award("public"))
    holder = signed_in(alice)

    for browser, page, badge in (
        (client, f"/b/{public.uid}/", public),
        (client, f"/b/{gone.uid}/", gone),
        (holder, f"/badges/{public.uid}/", public),
        (holder, f"/badges/{gone.uid}/", gone),
    ):
        assert f'href="{PAGE}?badge={badge.printed_code}">Vérifier ce badge</a>' in words(browser.get(page))


def test_every_page_leads_here(client):
    assert f'<a href="{PAGE}">Vérifier un badge</a>' in words(client.get("/aide/"))


@pytest.mark.parametrize("kind, queries", [("public", 11), ("unknown", 1), ("private", 3)])
def test_a_code_costs_few_queries(client, award, kind, queries):
    code = UNKNOWN if kind == "unknown" else award(kind).printed_code
    ask(client, code)
    with CaptureQueriesContext(connection) as asked:
        ask(client, code)

    assert len(asked) == queries
