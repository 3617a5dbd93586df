"""A name alone says nothing: beside it is the site that proves it, the key that wrote it, or that there is none."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from badges.enums import Visibility
from badges.services.imports.keep import keep
from badges.services.imports.read import Given, read
from badges.services.show import show
from tests.badges.services.imports.elsewhere import Elsewhere
from tests.formats.verify import credentials

pytestmark = pytest.mark.django_db
NAMED = "Sorbonne Université"
DID = f"did:key:{credentials.OTHER_MULTIKEY}"


@pytest.fixture
def web(monkeypatch) -> Elsewhere:
    internet = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", internet.get)
    return internet


def by(issuer: str) -> bytes:
    """Signed as it should be, by somebody who says a name."""
    award = credentials.award(
        issuer={"id": issuer, "type": ["Profile"], "name": NAMED, "url": "https://sorbonne.example"},
        id="urn:uuid:1",
        credentialSubject=credentials.award()["credentialSubject"] | {"id": "mailto:alice@exemple.fr"},
    )
    method = f"{DID}#{credentials.OTHER_MULTIKEY}"
    return json.dumps(credentials.proved(award, key=credentials.OTHER, method=method)).encode()


def pages(raw: bytes, alice, signed_in, client) -> list:
    """The verifier's page, the draft, and the pages of the badge once it is kept."""
    browser = signed_in(alice)
    verifier = client.post("/verifier/", {"badge_file": SimpleUploadedFile("b.json", raw)})
    [draft] = read(given=[Given("badge", raw)], user=alice).drafts
    waiting = browser.get("/badges/importer/")
    kept = show(assertion=keep(draft=draft, holder=alice), visibility=Visibility.PUBLIC)
    return [verifier, waiting, browser.get(f"/badges/{kept.uid}/"), client.get(f"/b/{kept.uid}/")]


@pytest.mark.parametrize(
    "issuer, beside",
    [
        (DID, f'<span class="mono">{DID[:47]}…</span>'),
        ("urn:uuid:2", "sans site prouvé"),
        ("https://ailleurs.example/i", "sur <strong>ailleurs.example</strong>"),
    ],
)
def test_an_issuer_that_no_site_proves_is_what_the_badge_says(web, alice, signed_in, client, issuer, beside):
    for page in pages(by(issuer), alice, signed_in, client):
        html = page.content.decode()
        assert f"Se dit délivré par <strong>{NAMED}</strong>, {beside}" in html
        assert f"Délivré par <strong>{NAMED}</strong>" not in html


def test_an_issuer_that_its_site_proves_has_issued(web, alice, signed_in, client):
    for page in pages(web.text(web.award()), alice, signed_in, client):
        html = page.content.decode()
        assert (
            "Délivré par <strong>Atelier des bricoleurs</strong>, sur <strong>badges.example</strong>" in html
        )
        assert "Se dit délivré par" not in html
        assert "sans site prouvé" not in html


def test_everywhere_its_name_has_that_beside_it(web, alice, signed_in, client):
    alice.profile.visibility = Visibility.PUBLIC
    alice.profile.save()
    *_others, own, public = pages(by(DID), alice, signed_in, client)

    for page in (own, public, signed_in(alice).get("/badges/"), client.get(f"/u/{alice.profile.handle}/")):
        assert page.content.decode().count("émetteur externe, sans site prouvé") >= 1
