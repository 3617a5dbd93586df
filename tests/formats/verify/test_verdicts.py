"""Dates, recipients, both badges of a picture, and whatever else may be thrown at the door."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badges.formats.errors import FormatError, Unreachable
from badges.formats.found import Found, Kind
from badges.formats.identity import hashed
from badges.formats.report import Facts, IssuerFacts, RecipientFacts, Report, Verdict
from badges.formats.verify import both, verify
from badges.formats.verify.session import MOST_DOCUMENTS, Session
from badges.verification.words import message
from tests.formats.verify.judging import AT, codes, judge, outcome
from tests.formats.verify.served import (
    ASSERTION,
    BADGE,
    HOME,
    ISSUER,
    V2,
    Served,
    assertion,
    badge_class,
    issuer,
    pages,
)

MINUTE = timedelta(minutes=1)


def judged(award: dict[str, Any], **options: Any) -> Report:
    return judge(award, pages(assertion=award), **options)


@pytest.mark.parametrize(
    "expires, verdict",
    [(AT - 6 * MINUTE, "expired"), (AT - 4 * MINUTE, "authentic"), (AT + MINUTE, "authentic")],
)
def test_a_badge_expires_with_five_minutes_of_leeway(expires, verdict):
    assert judged(assertion(expires=expires.isoformat())).verdict.value == verdict


@pytest.mark.parametrize(
    "issued, verdict",
    [(AT + 6 * MINUTE, "not_yet_valid"), (AT + 4 * MINUTE, "authentic"), (AT - MINUTE, "authentic")],
)
def test_a_badge_begins_with_five_minutes_of_leeway(issued, verdict):
    assert judged(assertion(issuedOn=issued.isoformat())).verdict.value == verdict


def test_dates_that_cross_are_refused():
    crossed = assertion(issuedOn="2030-01-02T00:00:00Z", expires="2030-01-01T00:00:00Z")

    assert outcome(judged(crossed)) == ("invalid", ["dates-crossed", "date-future"])


def test_the_moment_of_the_verdict_is_given():
    award = assertion(expires="2025-01-01T00:00:00Z")

    assert judged(award, at=datetime(2024, 12, 31, tzinfo=UTC)).verdict == Verdict.AUTHENTIC
    assert judged(award, at=datetime(2025, 1, 2, tzinfo=UTC)).verdict == Verdict.EXPIRED


@pytest.mark.parametrize(
    "recipients, verdict, code",
    [
        ((), "authentic", "recipient-not-asked"),
        (["nobody@example.org"], "authentic", "recipient-good"),
        (["ada@example.org", "NOBODY@example.org "], "authentic", "recipient-good"),
        (["ada@example.org"], "invalid", "recipient-other"),
        (["nobody+x@example.org"], "invalid", "recipient-other"),
        (["nobody\uff20example.org"], "invalid", "recipient-other"),
        ([""], "invalid", "recipient-other"),
    ],
)
def test_the_badge_must_be_for_one_of_those_who_are_asked_about(recipients, verdict, code):
    report = judge(assertion(), pages(), recipients=recipients)

    assert report.verdict.value == verdict
    assert code in [check.code for check in report.checks]


# Of ada@example.org, without salt.
MD5 = "5bfcf2d8e394674550332640d72db509"


@pytest.mark.parametrize(
    "recipient",
    [
        {"type": "email", "hashed": False, "identity": "Ada@Example.org"},
        {"type": "email", "identity": "ada@example.org"},
        {"type": "email", "hashed": True, "identity": "ada@example.org"},  # an old fault of Moodle
        {"type": "id", "hashed": False, "identity": "mailto:ada@example.org"},
        {"type": "email", "hashed": True, "identity": f"md5${MD5}", "salt": None},
    ],
)
def test_recipients_are_named_in_several_ways(recipient):
    assert judged(assertion(recipient=recipient), recipients=["ada@example.org"]).verdict == Verdict.AUTHENTIC


def test_a_hash_that_says_that_it_is_none_is_nobody_s():
    lying = assertion()["recipient"] | {"hashed": False}

    assert judged(assertion(recipient=lying), recipients=["nobody@example.org"]).verdict == Verdict.INVALID


# Both badges of a picture


ALICE = {"type": "email", "hashed": True, "salt": "grain", "identity": hashed("alice@example.org", "grain")}
PLAIN = {"type": "email", "hashed": False, "identity": "Alice@example.org"}


def facts(**changes: Any) -> Facts:
    said = {
        "id": "x",
        "version": "3.0",
        "name": "Robotics",
        "issued_at": AT,
        "issuer": IssuerFacts(id=ISSUER),
        "recipients": (RecipientFacts("email", ALICE["identity"], True, "grain"),),
    }
    return Facts(**said | changes)


def also(**changes: Any) -> dict[str, Any]:
    return assertion(**{"recipient": ALICE, "issuedOn": AT.isoformat()} | changes)


def both_codes(also: Any, found_facts: Facts | None) -> list[str]:
    report = Report(facts=found_facts)
    text = also if isinstance(also, str) else json.dumps(also)
    kind = Kind.ADDRESS if text.startswith("http") else Kind.JWS if text.startswith("ey") else Kind.JSON
    both.check(report, Found("png", Kind.JSON, "{}", also=Found("png", kind, text)))
    return [check.code for check in report.checks]


EVIL = "https://evil.example"
BOB = {"type": "email", "hashed": False, "identity": "bob@example.org"}


@pytest.mark.parametrize(
    "given, expected",
    [
        (also(), "both-agree"),
        (also(recipient=PLAIN), "both-agree"),
        (also(id="urn:uuid:1", verification={"type": "SignedBadge"}), "both-agree"),
        (also(badge=badge_class(name="ROBOTICS"), issuedOn="2026-11-01"), "both-agree"),
        (also(badge=BADGE.replace("https://", "https://www.")), "both-agree"),
        # Nothing to compare, or not enough.
        (ASSERTION, "both-unknown"),
        (f"{EVIL}/assertions/doctorate", "both-unknown"),
        ({"badge": {"name": "Robotics"}, "issuedOn": AT.isoformat()}, "both-unknown"),
        ({}, "both-unknown"),
        (also(recipient=None), "both-unknown"),
        (also(recipient=ALICE | {"salt": "another"}), "both-unknown"),
        (also(recipient=ALICE | {"identity": "md5$" + 32 * "0"}), "both-unknown"),
        (also(recipient={"type": "url", "hashed": False, "identity": HOME}), "both-unknown"),
        # Another person, site, badge or moment.
        (also(recipient=BOB), "both-differ"),
        (also(recipient=ALICE | {"identity": hashed("bob@example.org", "grain")}), "both-differ"),
        (also(id=f"{EVIL}/1"), "both-differ"),
        (also(badge=f"{EVIL}/1"), "both-differ"),
        (also(badge=badge_class(issuer=f"{EVIL}/1")), "both-differ"),
        (also(recipient=None, badge=f"{EVIL}/1"), "both-differ"),
        (also(badge=badge_class(name="Doctorate")), "both-differ"),
        (also(issuedOn="2020-01-01"), "both-differ"),
        # What is none.
        ("[1]", "both-differ"),
        ("{", "both-differ"),
        ("ey.broken", "both-differ"),
    ],
)
def test_two_badges_in_one_picture_must_be_one(given, expected):
    assert both_codes(given, facts()) == [expected]


@pytest.mark.parametrize(
    "issuer, expected",
    [
        ("did:web:issuer.example:issuers:1", "both-agree"),
        ("did:web:evil.example", "both-differ"),
        ("did:web:a..b:..", "both-unknown"),
        ("did:key:z6Mk", "both-unknown"),
        ("", "both-unknown"),
    ],
)
def test_the_site_of_the_two_is_that_of_the_issuer(issuer, expected):
    assert both_codes(also(), facts(issuer=IssuerFacts(id=issuer))) == [expected]


def test_of_a_badge_that_was_not_read_nothing_is_known():
    assert both_codes(also(), None) == ["both-unknown"]


def test_a_picture_with_one_badge_says_nothing_of_another():
    report = Report(facts=facts())

    both.check(report, Found("png", Kind.JSON, "{}"))

    assert report.checks == []


def test_a_picture_whose_badges_differ_is_refused():
    found = Found(
        "png", Kind.JSON, json.dumps(assertion()), also=Found("png", Kind.JSON, '{"issuedOn": "2001-01-01"}')
    )

    report = verify(found, documents=Served(pages()), at=AT)

    assert outcome(report) == ("invalid", ["both-differ"])
    assert codes(report, True)[0] == "found-in-png"


# Whatever is given, a report comes back


@pytest.mark.parametrize(
    "text, expected",
    [
        ("{}", ("not_a_badge", ["not-a-badge"])),
        ("[]", ("not_a_badge", ["not-a-badge"])),
        ('{"name": "x", "version": "1.0"}', ("not_a_badge", ["not-a-badge"])),
        ('{"@context": "https://schema.org", "name": "x"}', ("not_a_badge", ["not-a-badge"])),
        ("{", ("invalid", ["json-broken"])),
        ('{"a": NaN}', ("invalid", ["json-number"])),
        ('{"a": 1, "a": 2}', ("invalid", ["json-duplicate-key"])),
        ('{"a": "\\u0000"}', ("invalid", ["json-text"])),
        ("[" * 10_000 + "]" * 10_000, ("invalid", ["json-too-deep"])),
        ('{"a": "' + "x" * 300_000 + '"}', ("invalid", ["json-too-big"])),
    ],
)
def test_texts_that_are_no_badge_say_why(text, expected):
    assert outcome(verify(Found("json", Kind.JSON, text), documents=Served(), at=AT)) == expected


LONG = [
    assertion(recipient=[assertion()["recipient"]] * 2_000),
    assertion(evidence=[{"id": f"{HOME}/{number}"} for number in range(6_000)]),
    assertion(endorsement=[f"{HOME}/{number}" for number in range(10_000)]),
    assertion(**{"@context": [V2, *({"name": str(number)} for number in range(6_000))]}),
    assertion(**{"@context": [V2, {f"term{number}": "x" for number in range(15_000)}]}),
    assertion(type=["Assertion", *(f"Type{number}" for number in range(10_000))]),
    assertion(**{f"extensions:x{number}": {"type": "Extension"} for number in range(6_000)}),
    assertion(badge=[BADGE] * 10_000),
]


@pytest.mark.parametrize("award", LONG, ids=range(len(LONG)))
def test_long_lists_are_bounded(award):
    documents = Served(pages(assertion=award))

    report = judge(award, documents)

    assert len(report.checks) < 500
    assert len(documents.asked) <= MOST_DOCUMENTS
    assert report.facts is None or len(report.facts.evidence) <= 100


def session(documents: Served) -> Session:
    return Session(documents, AT, (), Report())


def test_no_more_than_thirty_documents_are_asked():
    documents = Served({f"{HOME}/{number}": {} for number in range(40)})
    asking = session(documents)
    for number in range(30):
        asking.fetch(f"{HOME}/{number}")

    with pytest.raises(Unreachable) as raised:
        asking.fetch(f"{HOME}/30")

    assert raised.value.code == "documents-too-many"
    assert len(documents.asked) == len(asking.report.reads) == MOST_DOCUMENTS == 30


def test_an_address_is_asked_once_whatever_it_answers():
    documents = Served({f"{HOME}/a": {"x": 1}})
    asking = session(documents)
    for _ in range(2):
        assert asking.fetch_json(f"{HOME}/a#part")[0] == {"x": 1}
        with pytest.raises(Unreachable):
            asking.fetch(f"{HOME}/silent")

    assert documents.asked == [f"{HOME}/a", f"{HOME}/silent"]
    assert [(read.status, len(read.sha256)) for read in asking.report.reads] == [(200, 64), (None, 0)]
    assert asking.report.copies == {f"{HOME}/a": b'{"x": 1}'}


@pytest.mark.parametrize(
    "answer, code", [(404, "answer-status"), (b"\xff\xfe", "answer-not-text"), (b"{", "json-broken")]
)
def test_what_is_no_json_document_is_none(answer, code):
    with pytest.raises((FormatError, Unreachable)) as raised:
        session(Served({f"{HOME}/a": answer})).fetch_json(f"{HOME}/a")

    assert raised.value.code == code


WORDS = [ASSERTION, BADGE, ISSUER, V2, "Assertion", "hosted", "signed", "2024-01-01", "https://a@b", "urn:x"]
INNER = ["id", "@id", "type", "@context", "url", "identity", "issuer", "name", "@value"]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-10, 10**10)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(WORDS)
)
KEYS = st.sampled_from(INNER) | st.text(max_size=3)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
OTHERS = (
    "verify", "uid", "expires", "revoked", "evidence", "endorsement", "revocationList", "publicKey", "tags",
    "alignment", "extensions:x", "salt", "issued_on",
)  # fmt: skip
NAMES = sorted({*assertion(), *badge_class(), *issuer(), *OTHERS})


@settings(max_examples=300)
@given(value=VALUES)
def test_any_json_gets_a_report(value):
    report = judge(value if not isinstance(value, str) else [value], pages())

    assert report.verdict in Verdict
    assert all(message(check) for check in report.checks)


@settings(max_examples=400)
@given(
    changes=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3),
    which=st.sampled_from(["given", "assertion", "badge", "issuer"]),
    made=st.sampled_from(["hosted", "1.0", "0.5"]),
)
def test_any_change_of_any_document_gets_a_report_that_can_be_read(changes, which, made):
    award = {
        "hosted": assertion(),
        "1.0": {
            "uid": "a",
            "recipient": {"identity": "a@b"},
            "badge": BADGE,
            "issuedOn": 1,
            "verify": {"url": ASSERTION},
        },
        "0.5": {"recipient": "a@example.org", "badge": {"name": "x", "issuer": {"origin": HOME}}},
    }[made]
    site = pages(assertion=award)
    target = {"given": award, "assertion": award, "badge": badge_class(), "issuer": issuer()}[which] | changes
    if which != "given":
        site |= pages(**{which: target})

    report = judge(target if which == "given" else award, site)

    assert report.verdict in Verdict
    assert report.verdict != Verdict.AUTHENTIC or not codes(report)
    if report.verdict == Verdict.AUTHENTIC and report.facts:
        assert {ASSERTION, BADGE, ISSUER} == set(report.copies)
    assert all(message(check) for check in report.checks)
