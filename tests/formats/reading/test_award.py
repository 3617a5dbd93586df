"""Facts of awards of Open Badges 0.5 to 2.0."""

from datetime import UTC, datetime
from typing import Any

import pytest

from badges.formats.reading import award, oldest
from badges.formats.report import AlignmentFacts, EvidenceFacts, Facts, IssuerFacts, RecipientFacts

HOME = "https://issuer.example"
ASSERTION = {
    "recipient": {"type": "Email", "hashed": True, "salt": "deadsea", "identity": "sha256$00"},
    "issuedOn": "2024-05-01T12:00:00+02:00",
    "expires": "2030-01-01",
    "narrative": "Built it *alone*",
    "evidence": f"{HOME}/work",
}
BADGE = {
    "name": "Robotics\x07",
    "description": "Made a robot walk",
    "image": {"id": f"{HOME}/r.png", "caption": "A robot"},
    "criteria": {"id": f"{HOME}/criteria", "narrative": "Make it walk"},
    "tags": ["robots", 7, "", "walking"],
    "alignment": {
        "targetName": "Engineering",
        "targetUrl": f"{HOME}/e",
        "targetDescription": "d",
        "targetFramework": "f",
        "targetCode": "c",
    },
}
ISSUER = {
    "name": "A school",
    "url": HOME,
    "email": "a@issuer.example",
    "description": "d",
    "image": f"{HOME}/i.png",
}


def facts(assertion: Any = None, badge: Any = None, issuer: Any = None) -> Facts:
    ids = {"id": f"{HOME}/a", "achievement_id": f"{HOME}/b", "issuer_id": f"{HOME}/i"}
    return award.facts(assertion or {}, badge or {}, issuer or {}, version="2.0", **ids)


def test_an_award_in_one_shape():
    assert facts(ASSERTION, BADGE, ISSUER) == Facts(
        id=f"{HOME}/a",
        version="2.0",
        name="Robotics",
        description="Made a robot walk",
        criteria_url=f"{HOME}/criteria",
        criteria_text="Make it walk",
        image=f"{HOME}/r.png",
        image_alt="A robot",
        tags=("robots", "walking"),
        achievement_id=f"{HOME}/b",
        issuer=IssuerFacts(
            id=f"{HOME}/i",
            name="A school",
            url=HOME,
            email="a@issuer.example",
            description="d",
            image=f"{HOME}/i.png",
        ),
        recipients=(RecipientFacts("email", "sha256$00", True, "deadsea"),),
        issued_at=datetime(2024, 5, 1, 10, tzinfo=UTC),
        expires_at=datetime(2030, 1, 1, tzinfo=UTC),
        narrative="Built it *alone*",
        evidence=(EvidenceFacts(url=f"{HOME}/work"),),
        alignments=(AlignmentFacts("Engineering", f"{HOME}/e", "d", "f", "c"),),
    )


def test_what_is_not_said_is_empty():
    empty = facts()

    assert (empty.name, empty.recipients, empty.evidence, empty.alignments, empty.issued_at) == (
        "",
        (),
        (),
        (),
        None,
    )


@pytest.mark.parametrize(
    "evidence, expected",
    [
        (f"{HOME}/1", (EvidenceFacts(f"{HOME}/1"),)),
        ([f"{HOME}/1", f"{HOME}/2"], (EvidenceFacts(f"{HOME}/1"), EvidenceFacts(f"{HOME}/2"))),
        ({"id": f"{HOME}/1", "name": "N", "narrative": "T"}, (EvidenceFacts(f"{HOME}/1", "N", "T"),)),
        ([{"description": "D"}], (EvidenceFacts(narrative="D"),)),
        ({"id": "_:b1", "narrative": "T"}, (EvidenceFacts(narrative="T"),)),
        ("javascript:alert(1)", ()),
        ([{}, None, 7, []], ()),
    ],
)
def test_evidence_comes_in_all_shapes(evidence, expected):
    assert facts({"evidence": evidence}).evidence == expected


@pytest.mark.parametrize(
    "criteria, url, text",
    [
        (f"{HOME}/c", f"{HOME}/c", ""),
        ({"id": f"{HOME}/c"}, f"{HOME}/c", ""),
        ({"narrative": "Do it"}, "", "Do it"),
        ({}, "", ""),
        ("Do it", "", "Do it"),
        ([{"narrative": "Do it"}], "", "Do it"),
        (7, "", ""),
    ],
)
def test_criteria_are_an_address_a_text_or_both(criteria, url, text):
    found = facts(badge={"criteria": criteria})

    assert (found.criteria_url, found.criteria_text) == (url, text)


@pytest.mark.parametrize("name", ["alignment", "alignments"])
def test_alignments_of_1_x_and_of_moodle_are_read(name):
    badge = {name: [{"name": "Engineering", "url": f"{HOME}/e", "description": "d"}, {}, "x"]}

    assert facts(badge=badge).alignments == (AlignmentFacts("Engineering", f"{HOME}/e", "d"),)


@pytest.mark.parametrize(
    "recipient, expected",
    [
        ({"identity": "a@example.org"}, (RecipientFacts("email", "a@example.org"),)),
        ({"type": "url", "identity": f"{HOME}/me", "hashed": False}, (RecipientFacts("url", f"{HOME}/me"),)),
        ({"identity": "SHA256$00", "salt": None}, (RecipientFacts("email", "SHA256$00", True),)),
        ({"identity": "a@example.org", "hashed": True}, (RecipientFacts("email", "a@example.org"),)),
        ({"identity": "sha256$00", "hashed": False}, (RecipientFacts("email", "sha256$00"),)),
        ([{"identity": "a@example.org"}], (RecipientFacts("email", "a@example.org"),)),
        ({"identity": " "}, ()),
        ({"identity": ["a@example.org"]}, ()),
        ("a@example.org", ()),
        (None, ()),
    ],
)
def test_the_recipient_is_one_identity(recipient, expected):
    assert facts({"recipient": recipient}).recipients == expected


def test_addresses_are_of_the_web_only():
    found = facts(
        badge={"image": "javascript:alert(1)", "criteria": "data:text/html,x"},
        issuer={"url": "javascript:alert(1)", "image": "data:text/html,x"},
    )

    assert (found.image, found.criteria_url, found.issuer.url, found.issuer.image) == ("", "", "", "")
    assert facts(badge={"image": "data:image/png;base64,AAAA"}).image == "data:image/png;base64,AAAA"


def test_lists_and_texts_are_bounded():
    found = facts(
        {"evidence": [f"{HOME}/{number}" for number in range(10_000)], "narrative": "x" * 10_000},
        {"name": "x" * 10_000, "tags": ["x"] * 10_000},
    )

    assert (len(found.evidence), len(found.narrative), len(found.name), len(found.tags)) == (
        100,
        5000,
        300,
        100,
    )


def test_an_award_of_0_5_without_anything_is_empty():
    assert oldest.facts({}, id="") == Facts(id="", version="0.5")


def test_an_odd_origin_of_0_5_gives_no_address():
    badge = {"issuer": {"origin": "javascript:alert(1)"}, "image": "/b.png", "criteria": "http://[x"}

    found = oldest.facts({"badge": badge}, id="")

    assert (found.image, found.criteria_url, found.issuer.url) == ("", "", "")
