"""Badges that somebody makes in the name of an issuer who knows nothing of them."""

import json
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from badges.formats import jws, keys, png
from badges.formats.verify import award
from tests.formats.verify.credentials import rsa
from tests.formats.verify.judging import codes, judge, outcome
from tests.formats.verify.served import BADGE, HOME, ISSUER, assertion, issuer, pages

EVIL = "https://evil.example"
THEIRS = f"{EVIL}/assertions/1"
UPLOAD = f"{HOME}/attachments/notes.txt"


def forged(**changes: Any) -> dict[str, Any]:
    return assertion(**{"id": THEIRS} | changes)


@pytest.mark.parametrize(
    "way", [{"type": "SignedBadge"}, {"type": "SignedBadge", "creator": f"{HOME}/keys/1"}, {"type": "Trust"}]
)
def test_a_hosted_copy_is_not_proved_by_a_document_that_does_not_call_itself_hosted(way):
    site = pages() | {THEIRS: forged(verification=way)}

    report = judge(forged(), site)

    assert outcome(report) == ("invalid", ["hosted-other", "scope-outside"])


def test_an_address_is_asked_for_whatever_the_document_there_says_of_itself(monkeypatch):
    """Two locks on one door: the second holds where the first is open."""
    source = award.claims.of(forged(verification={"type": "SignedBadge"}))
    monkeypatch.setattr(award.hosted, "source", lambda _session, _given: source)

    assert outcome(judge(forged(), pages())) == ("invalid", ["scope-outside"])


def test_a_signed_copy_without_signature_is_at_no_address():
    """It proves nothing, and there is no address to be wrong."""
    given = forged(id="urn:uuid:1", verification={"type": "SignedBadge"})

    assert outcome(judge(given, pages())) == ("unverifiable", [])


def test_the_oldest_badge_inside_a_picture_is_not_hosted_where_the_picture_is():
    """Whoever may put a picture on a site would issue badges in its name."""
    blank = BytesIO()
    Image.new("RGBA", (90, 90), "red").save(blank, "PNG")
    oldest = {
        "recipient": "mallory@evil.example",
        "badge": {
            "version": "1",
            "name": "Doctorate",
            "description": "d",
            "image": "/x.png",
            "criteria": "/c",
            "issuer": {"origin": HOME, "name": "A school"},
        },
    }
    picture = png.bake(blank.getvalue(), keyword="openbadges", text=json.dumps(oldest))
    address = f"{HOME}/avatars/mallory.png"

    report = judge(address, {address: picture})

    assert outcome(report) == ("unverifiable", [])
    assert "oldest-unplaced" in codes(report, None)
    assert outcome(judge(address, {address: oldest})) == ("authentic", [])


@pytest.mark.parametrize(
    "named, expected",
    [
        (f"{HOME}/keys/1", ("invalid", ["key-not-of-issuer"])),
        ([f"{HOME}/keys/1", {"id": f"{HOME}/keys/2"}], ("invalid", ["key-not-of-issuer"])),
        ([f"{HOME}/keys/1", UPLOAD], ("authentic", [])),
        (None, ("authentic", [])),
    ],
)
def test_an_issuer_that_names_its_keys_has_no_other_whatever_the_version_of_the_badge(named, expected):
    signed = {
        "@context": "https://w3id.org/openbadges/v1",
        "id": "urn:uuid:11111111-1111-4111-8111-111111111111",
        "uid": "x1",
        "type": "Assertion",
        "recipient": assertion()["recipient"],
        "badge": BADGE,
        "verify": {"type": "signed", "url": UPLOAD},
        "issuedOn": "2024-01-01T00:00:00Z",
    }
    site = pages(issuer=issuer(publicKey=named)) | {UPLOAD: keys.pem(rsa().public_key()).encode()}

    token = jws.sign(json.dumps(signed).encode(), rsa(), header={"alg": "RS256"})

    assert outcome(judge(token, site)) == expected
    assert judge(token, site).facts.issuer.id == ISSUER
