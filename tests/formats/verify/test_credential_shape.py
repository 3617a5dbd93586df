"""What Open Badges 3.0 asks of a credential's shape, and what it says beside its proof."""

import pytest

from badges.formats import schemas
from badges.formats.report import Verdict
from tests.formats.verify.credentials import (
    AT,
    CONTEXTS,
    ISSUER,
    OB3,
    SITE,
    V2,
    award,
    codes,
    proved,
    site,
    status_list,
    token,
    verdict,
    verified,
)
from tests.formats.verify.served import Served

SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_{}credential_schema.json"
VALIDATOR = "1EdTechJsonSchemaValidator2019"


def named(address: str, kind: str = VALIDATOR):
    return [{"id": address, "type": kind}]


def endorsement(**changes):
    return award(
        **{
            "id": f"{SITE}/endorsements/1",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "Recommandation",
            "credentialSubject": {
                "id": f"{SITE}/achievements/1",
                "type": ["EndorsementSubject"],
                "endorsementComment": "Un badge sérieux.",
            },
            **changes,
        }
    )


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential", "AchievementCredential"]},
        {"type": ["AchievementCredential", "VerifiableCredential", "OpenBadgeCredential"]},
        {"name": None},
        {"issuer": ISSUER},
        {"@context": [V2, OB3]},
        {"@context": [V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"]},
        {"evidence": []},
        {"credentialSchema": named(SCHEMA.format("achievement"))},
        {"credentialSchema": named(SCHEMA.format("anyachievement"))[0]},
        {"evidence": {"id": f"{SITE}/work", "type": ["Evidence"]}},
    ],
)
def test_shapes_that_are_taken(change):
    assert verdict(token(award(**change))) == Verdict.AUTHENTIC


@pytest.mark.parametrize(
    "change, code",
    [
        ({"@context": None}, "context-missing"),
        ({"@context": OB3}, "context-missing"),
        ({"@context": [OB3, V2]}, "context-missing"),
        ({"@context": [{}, V2, OB3]}, "context-missing"),
        ({"@context": [V2]}, "schema-broken"),
        ({"@context": [*CONTEXTS, {"@vocab": "https://evil.example/"}]}, "context-inline"),
        ({"@context": [*CONTEXTS, [V2]]}, "context-inline"),
        ({"@context": CONTEXTS * 101}, "contexts-too-many"),
        ({"evidence": [{"type": ["Evidence"], "@context": {"id": "@type"}}]}, "context-inline"),
        ({"type": "OpenBadgeCredential"}, "schema-broken"),
        ({"type": ["OpenBadgeCredential"]}, "schema-broken"),
        ({"type": ["VerifiableCredential", "OpenBadge"]}, "type-not-badge"),
        ({"type": None}, "type-not-badge"),
        ({"id": None}, "schema-broken"),
        ({"issuer": None}, "issuer-missing"),
        ({"issuer": {"type": ["Profile"]}}, "issuer-missing"),
        ({"issuer": {"id": ["x"], "type": ["Profile"]}}, "issuer-missing"),
        ({"issuer": [ISSUER]}, "schema-broken"),
        ({"issuer": "Université"}, "issuer-refused"),
        ({"issuer": "javascript:alert(1)"}, "issuer-refused"),
        ({"issuer": "https://issuer.example@evil.example/"}, "issuer-refused"),
        ({"validFrom": None}, "schema-broken"),
        ({"credentialSubject": None}, "schema-broken"),
        ({"credentialSubject": []}, "schema-broken"),
        ({"credentialSubject": {"type": ["AchievementSubject"]}}, "schema-broken"),
        ({"credentialSchema": named("https://evil.example/schema.json")}, "schema-unknown"),
        ({"credentialSchema": named("")}, "schema-unknown"),
        ({"endorsement": [endorsement(credentialSchema=named("https://evil.example/"))]}, "schema-unknown"),
        ({"endorsement": [endorsement()] * 65}, "endorsements-too-many"),
        ({"endorsementJwt": ["a.b.c"] * 65}, "endorsements-too-many"),
    ],
)
def test_shapes_that_are_refused_before_anybody_is_asked(change, code):
    served = Served(site())
    report = verified(token(award(**change)), served)

    assert report.verdict == Verdict.INVALID
    assert code in codes(report)
    assert served.asked == []


def test_a_schema_of_another_kind_is_noted_and_not_fetched():
    served = Served(site())
    given = token(award(credentialSchema=named("https://issuer.example/s.json", "JsonSchemaValidator2018")))
    report = verified(given, served)

    assert report.verdict == Verdict.AUTHENTIC
    assert codes(report, None) == ["schema-unread", "recipient-not-asked"]
    assert "https://issuer.example/s.json" not in served.asked
    assert SCHEMA.format("endorsement") in schemas.KNOWN


def test_an_unknown_vocabulary_leaves_a_token_unverifiable():
    given = token(award(**{"@context": [*CONTEXTS, "https://edubadges.example/context.json"]}))

    assert verdict(given) == Verdict.UNVERIFIABLE


@pytest.mark.parametrize(
    "document",
    [
        award(
            **{"@context": [V2]},
            type=["VerifiableCredential", "AlumniCredential"],
            credentialSubject={"alumniOf": "x"},
        ),
        award(**{"@context": [V2]}, type=["VerifiableCredential"], credentialSubject=None),
        {"vc": {}, "iss": ISSUER},
    ],
)
def test_credentials_of_other_trades_are_no_badges(document):
    served = Served(site())
    report = verified(document, served)

    assert report.verdict == Verdict.NOT_A_BADGE
    assert report.facts is None
    assert served.asked == []


def test_an_endorsement_alone_is_verified_as_what_it_is():
    report = verified(proved(endorsement()), recipients=["bob@example.org"])

    assert report.verdict == Verdict.AUTHENTIC
    assert codes(report, None) == ["credential-no-award"]
    assert report.facts.name == "Recommandation"
    assert report.facts.description == "Un badge sérieux."
    assert verdict({**proved(endorsement()), "name": "Autre"}) == Verdict.MODIFIED


def test_a_status_list_alone_is_verified_as_what_it_is():
    report = verified(status_list([7]))
    changed = status_list([7])
    changed["credentialSubject"]["encodedList"] = status_list([])["credentialSubject"]["encodedList"]

    assert report.verdict == Verdict.AUTHENTIC
    assert codes(report, None) == ["credential-no-award"]
    assert verdict(changed) == Verdict.MODIFIED


@pytest.mark.parametrize(
    "dates, expected, code",
    [
        ({"validUntil": "2026-06-01T12:00:00Z"}, "authentic", "dates-good"),
        ({"validUntil": "2026-06-01T11:56:00Z"}, "authentic", "dates-good"),  # clocks differ
        ({"validUntil": "2026-06-01T11:54:00Z"}, "expired", "date-expired"),
        ({"validUntil": "2026-06-01T13:54:00+02:00"}, "expired", "date-expired"),
        ({"validFrom": "2026-06-01T12:04:00Z"}, "authentic", "dates-good"),
        ({"validFrom": "2026-06-01T12:06:00Z"}, "not_yet_valid", "date-future"),
        ({"validFrom": "2040-01-01T00:00:00Z"}, "not_yet_valid", "date-future"),
        ({"validUntil": "2025-01-01T00:00:00Z"}, "invalid", "dates-crossed"),
        ({"validUntil": "2026-02-30T00:00:00Z"}, "invalid", "date-unreadable"),
        ({"validUntil": "demain"}, "invalid", "date-unreadable"),
        ({"validUntil": 1893456000}, "invalid", "date-unreadable"),
        ({"validFrom": "2026-01-01T00:00:00"}, "authentic", "zone-missing"),
        ({"awardedDate": "2040-01-01T00:00:00Z"}, "authentic", "dates-good"),
        ({"awardedDate": "demain"}, "invalid", "date-unreadable"),
        # Both data models at once: the later start and the earlier end count.
        ({"expirationDate": "2026-02-01T00:00:00Z"}, "expired", "date-expired"),
        ({"issuanceDate": "2026-07-01T00:00:00Z"}, "not_yet_valid", "date-future"),
        (
            {"validUntil": "2027-01-01T00:00:00Z", "expirationDate": "2026-02-01T00:00:00Z"},
            "expired",
            "date-expired",
        ),
    ],
)
def test_dates(dates, expected, code):
    report = verified(token(award(**dates), nbf=None))

    assert report.verdict == expected
    assert code in [check.code for check in report.checks]


@pytest.mark.parametrize(
    "dates, expected",
    [
        ({"validUntil": "2026-02-01T00:00:00Z"}, "expired"),
        ({"validFrom": "2026-07-01T00:00:00Z"}, "not_yet_valid"),
        ({}, "unreachable"),
    ],
)
def test_what_a_badge_says_of_itself_counts_even_when_its_issuer_is_away(dates, expected):
    assert verdict(proved(award(**dates)), {}) == expected


def test_the_moment_of_the_verdict_decides():
    document = proved(award(validUntil="2026-02-01T00:00:00Z"))

    assert verdict(document, at=AT.replace(month=1, day=15)) == Verdict.AUTHENTIC
    assert verdict(document) == Verdict.EXPIRED


@pytest.mark.parametrize(
    "recipients, expected, code",
    [
        ([], "authentic", "recipient-not-asked"),
        (["alice@example.org"], "authentic", "recipient-good"),
        (["Alice@Example.ORG"], "authentic", "recipient-good"),
        (["bob@example.org", "alice@example.org"], "authentic", "recipient-good"),
        (["bob@example.org"], "invalid", "recipient-other"),
        (["alice+x@example.org"], "invalid", "recipient-other"),
        (["alıce@example.org"], "invalid", "recipient-other"),
        (["alice＠example.org"], "invalid", "recipient-other"),
        ([""], "invalid", "recipient-other"),
    ],
)
def test_the_recipient_is_one_of_the_addresses_that_are_given(recipients, expected, code):
    report = verified(proved(award()), recipients=recipients)

    assert report.verdict == expected
    assert code in [check.code for check in report.checks]


def to(subject):
    given = {**award()["credentialSubject"], **subject}
    return token(
        award(credentialSubject={name: value for name, value in given.items() if value is not None}), sub=None
    )


IDENTITY = {"type": "IdentityObject", "identityType": "emailAddress"}


@pytest.mark.parametrize(
    "subject, expected",
    [
        ({"identifier": [{**IDENTITY, "hashed": False, "identityHash": "alice@example.org"}]}, "authentic"),
        ({"identifier": None, "id": "mailto:alice@example.org"}, "authentic"),
        ({"identifier": None, "id": "MAILTO:alice@example.org"}, "authentic"),
        ({"identifier": None}, "invalid"),
        ({"identifier": []}, "invalid"),
        ({"identifier": None, "id": "mailto:bob@example.org"}, "invalid"),
        ({"identifier": None, "id": "https://alice@example.org"}, "invalid"),
        ({"identifier": [{**IDENTITY, "hashed": True, "identityHash": "alice@example.org"}]}, "invalid"),
        ({"identifier": [{**IDENTITY, "hashed": True, "identityHash": "sha256$"}]}, "invalid"),
        ({"identifier": [{**IDENTITY, "hashed": True, "identityHash": ""}]}, "invalid"),
    ],
)
def test_recipients_that_lie_about_their_hash_or_are_not_there_are_nobody(subject, expected):
    assert verdict(to(subject), recipients=["alice@example.org"]) == expected


def test_a_hash_that_says_it_is_plain_is_not_compared_as_a_hash():
    hashed = award()["credentialSubject"]["identifier"][0]

    assert verdict(to({"identifier": [hashed]}), recipients=["alice@example.org"]) == Verdict.AUTHENTIC
    assert (
        verdict(to({"identifier": [{**hashed, "hashed": False}]}), recipients=["alice@example.org"])
        == Verdict.INVALID
    )
