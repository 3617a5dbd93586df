"""What a credential says, in the one shape of all versions: cleaned, bounded, addresses of the web only."""

from datetime import UTC, datetime

import pytest

from badges.formats.reading.credential import facts
from badges.formats.report import AlignmentFacts, EvidenceFacts, Facts, IssuerFacts, RecipientFacts
from tests.formats.verify.credentials import BADGE, ISSUER, SITE, award, identified

HOSTILE = [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "//evil.example",
    "https://a@b.example",
    7,
    {},
]


def subject(**changes):
    return {**award()["credentialSubject"], **changes}


def achieved(**changes):
    return facts(award(credentialSubject=subject(achievement={**subject()["achievement"], **changes})))


def test_everything_that_a_credential_says():
    whole = award(
        validUntil="2027-01-01T00:00:00Z",
        awardedDate="2025-12-24T10:00:00+01:00",
        issuer={
            "id": ISSUER,
            "type": ["Profile"],
            "name": "Université",
            "url": SITE,
            "email": "badges@issuer.example",
            "description": "Une université.",
            "image": {"id": f"{SITE}/logo.png", "type": "Image"},
        },
        evidence=[{"id": f"{SITE}/work", "type": ["Evidence"], "name": "Travail", "narrative": "Voici."}],
        credentialSubject=subject(
            narrative="Présente.",
            achievement={
                **subject()["achievement"],
                "criteria": {"id": f"{SITE}/criteria", "narrative": "Être là."},
                "image": {"id": f"{SITE}/badge.png", "type": "Image", "caption": "Un badge"},
                "tag": ["congrès", "2026"],
                "alignment": [
                    {
                        "type": ["Alignment"],
                        "targetName": "Référentiel",
                        "targetUrl": f"{SITE}/framework",
                        "targetDescription": "Dit quoi.",
                        "targetFramework": "RNCP",
                        "targetCode": "12",
                    }
                ],
            },
        ),
    )

    assert facts(whole) == Facts(
        id=BADGE,
        version="3.0",
        name="Participation",
        description="Took part.",
        criteria_url=f"{SITE}/criteria",
        criteria_text="Être là.",
        image=f"{SITE}/badge.png",
        image_alt="Un badge",
        tags=("congrès", "2026"),
        achievement_id=f"{SITE}/achievements/1",
        issuer=IssuerFacts(
            ISSUER, "Université", SITE, "badges@issuer.example", "Une université.", f"{SITE}/logo.png"
        ),
        recipients=(
            RecipientFacts(
                "email", identified("alice@example.org")["identityHash"], hashed=True, salt="grain"
            ),
        ),
        issued_at=datetime(2025, 12, 24, 9, tzinfo=UTC),
        expires_at=datetime(2027, 1, 1, tzinfo=UTC),
        narrative="Présente.",
        evidence=(EvidenceFacts(f"{SITE}/work", "Travail", "Voici."),),
        alignments=(AlignmentFacts("Référentiel", f"{SITE}/framework", "Dit quoi.", "RNCP", "12"),),
    )


def test_the_name_is_the_achievement_s_and_never_the_earner_s():
    assert facts(award(name="Alice Martin")).name == "Participation"
    assert achieved(name=None).name == ""


def test_an_issuer_may_be_an_address_alone():
    assert facts(award(issuer=ISSUER)).issuer == IssuerFacts(id=ISSUER)
    assert facts(award(issuer="did:web:issuer.example")).issuer.id == "did:web:issuer.example"


@pytest.mark.parametrize("address", HOSTILE)
def test_addresses_that_are_not_of_the_web_are_left_out(address):
    found = achieved(image=address, criteria={"id": address}, alignment=[{"targetUrl": address}])
    issuer = facts(award(issuer={"id": ISSUER, "url": address, "image": address})).issuer

    assert (found.image, found.criteria_url, found.alignments) == ("", "", ())
    assert (issuer.url, issuer.image) == ("", "")
    assert facts(award(evidence=[{"id": address}])).evidence == ()


def test_a_picture_may_be_in_the_document():
    picture = "data:image/png;base64,iVBORw0KGgo="

    assert achieved(image={"id": picture, "type": "Image"}).image == picture
    assert achieved(image=picture).image == picture


def test_texts_are_cleaned_and_bounded():
    found = achieved(name="A\u202eB\x07C" + "x" * 1000, description="é" * 10_000, tag=["x" * 1000] * 500)

    assert found.name[:3] == "ABC"
    assert (len(found.name), len(found.description), len(found.tags), len(found.tags[0])) == (
        300,
        5000,
        100,
        300,
    )


@pytest.mark.parametrize(
    "given, expected",
    [
        ({"id": "mailto:alice@example.org"}, RecipientFacts("email", "alice@example.org")),
        ({"id": "tel:+33123456789"}, RecipientFacts("telephone", "+33123456789")),
        ({"id": "did:key:z6Mk"}, RecipientFacts("id", "did:key:z6Mk")),
        ({"id": "https://alice.example"}, RecipientFacts("url", "https://alice.example")),
        (
            {"identifier": [{"identityHash": "Alice", "identityType": "name", "hashed": False}]},
            RecipientFacts("name", "Alice"),
        ),
        (
            {"identifier": {"identityHash": "7", "identityType": "ext:number", "hashed": "yes"}},
            RecipientFacts("id", "7"),
        ),
        (
            {"identifier": [{"identityHash": "x", "identityType": ["a"], "salt": 7}]},
            RecipientFacts("id", "x"),
        ),
    ],
)
def test_who_the_recipient_is(given, expected):
    assert facts(award(credentialSubject={"achievement": {}, **given})).recipients == (expected,)


@pytest.mark.parametrize(
    "given",
    [
        {"id": "urn:uuid:1"},
        {"id": "mailto:"},
        {"id": 7},
        {"identifier": ["alice@example.org"]},
        {"identifier": [{"identityHash": " "}]},
        {"identifier": [{"identityHash": {"a": 1}}]},
    ],
)
def test_who_is_nobody(given):
    assert facts(award(credentialSubject=given)).recipients == ()


@pytest.mark.parametrize("value", [None, [], {}, "x", 7, [[]], [{}], {"id": []}])
def test_any_shape_is_read_without_a_murmur(value):
    for name in (
        "credentialSubject",
        "issuer",
        "evidence",
        "validFrom",
        "validUntil",
        "awardedDate",
        "name",
        "id",
    ):
        assert facts({**award(), name: value}).version == "3.0"
    for name in ("achievement", "identifier", "narrative", "id"):
        assert facts({**award(), "credentialSubject": subject(**{name: value})}).version == "3.0"
    for name in ("criteria", "image", "tag", "alignment", "name", "description", "id"):
        assert achieved(**{name: value}).version == "3.0"


def test_dates_of_both_data_models_are_read():
    older = facts(
        award(validFrom=None, issuanceDate="2025-01-01T00:00:00Z", expirationDate="2026-01-01T00:00:00Z")
    )

    assert older.issued_at == datetime(2025, 1, 1, tzinfo=UTC)
    assert older.expires_at == datetime(2026, 1, 1, tzinfo=UTC)
