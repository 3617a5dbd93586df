"""Hosted badges of Open Badges 2.0: only the document at its own address counts."""

import json

import pytest

from badges.formats.documents import Answer
from badges.formats.report import Verdict
from tests.formats.verify.judging import codes, judge, outcome
from tests.formats.verify.served import (
    ASSERTION,
    BADGE,
    HOME,
    ISSUER,
    RECIPIENT,
    V2,
    Served,
    assertion,
    badge_class,
    issuer,
    pages,
)

EVIL = "https://evil.example"


def test_a_hosted_badge_is_authentic():
    documents = Served(pages())

    report = judge(assertion(), documents)

    assert outcome(report) == ("authentic", [])
    assert report.format == "ob2-hosted"
    assert documents.asked == [ASSERTION, BADGE, ISSUER]
    assert set(report.copies) == {ASSERTION, BADGE, ISSUER}
    assert codes(report, True) == [
        "found-in-json",
        "standard-known",
        "shape-good",
        "hosted-read",
        "shape-good",
        "linked-read",
        "shape-good",
        "linked-read",
        "scope-good",
        "dates-good",
    ]


def test_what_was_read_is_told_with_its_sum():
    report = judge(assertion(), {**pages(), ISSUER: b"{}"})

    assert [(read.address, read.status) for read in report.reads] == [
        (ASSERTION, 200),
        (BADGE, 200),
        (ISSUER, 200),
    ]
    assert report.reads[2].sha256 == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_embedded_documents_are_read_at_their_own_addresses():
    lying = badge_class(name="Doctorate", issuer=issuer(name="A university"))

    report = judge(assertion(badge=lying), pages(assertion=assertion(badge=lying)))

    assert outcome(report) == ("authentic", [])
    assert (report.facts.name, report.facts.issuer.name) == ("Robotics", "A school")


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient": {"type": "email", "hashed": True, "salt": "deadsea", "identity": "sha256$" + 64 * "0"}},
        {"recipient": {"type": "email", "hashed": True, "salt": "other", "identity": RECIPIENT}},
        {"badge": f"{HOME}/badges/2"},
        {"issuedOn": "2024-05-02T10:00:00Z"},
        {"expires": "2030-01-01T00:00:00Z"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_copy_that_says_something_else_was_modified(changes):
    report = judge(assertion(**changes), pages())

    assert outcome(report) == ("modified", ["hosted-differs"])
    assert report.facts.name == "Robotics"


def test_a_copy_without_the_expiry_of_its_source_was_modified():
    source = assertion(expires="2025-01-01T00:00:00Z")

    report = judge(assertion(), pages(assertion=source))

    assert (report.verdict, codes(report)) == (Verdict.MODIFIED, ["hosted-differs", "date-expired"])


@pytest.mark.parametrize(
    "changes",
    [
        {"issuedOn": "2024-05-01T12:00:00+02:00"},
        {"badge": {"id": BADGE}},
        {"badge": BADGE.replace("https", "http")},
        {"narrative": "A word from the holder"},
    ],
)
def test_the_same_said_otherwise_is_the_same(changes):
    assert outcome(judge(assertion(**changes), pages())) == ("authentic", [])


@pytest.mark.parametrize(
    "answer, expected",
    [
        (404, ("invalid", ["hosted-gone"])),
        (410, ("revoked", ["revoked"])),
        (500, ("unreachable", [])),
        (403, ("unreachable", [])),
        (None, ("unreachable", [])),
        (b"<html>Login</html>", ("invalid", ["hosted-unreadable"])),
        (b'{"id": 1, "id": 2}', ("invalid", ["hosted-unreadable"])),
        ({"revoked": True}, ("revoked", ["revoked"])),
        ({"revoked": True, "revocationReason": "A mistake"}, ("revoked", ["revoked-because"])),
        (assertion(revoked=True), ("revoked", ["revoked"])),
        (assertion(revoked="true"), ("revoked", ["revoked"])),
        (badge_class(id=ASSERTION), ("invalid", ["hosted-other"])),
        ({}, ("invalid", ["hosted-other"])),
        (assertion(id=f"{HOME}/assertions/2"), ("invalid", ["hosted-id"])),
        (assertion(id=f"{EVIL}/assertions/1"), ("invalid", ["hosted-id"])),
        (assertion(recipient=None), ("invalid", ["property-missing", "hosted-differs"])),
    ],
)
def test_what_the_issuer_s_server_answers_decides(answer, expected):
    assert outcome(judge(assertion(), pages(assertion=answer))) == expected


def test_a_reason_is_read_in_the_answer_410_too():
    body = b'{"id": "x", "revoked": true, "revocationReason": "Given by mistake"}'

    report = judge(assertion(), pages(assertion=Answer(ASSERTION, 410, body)))

    assert report.verdict == Verdict.REVOKED
    assert [check.params for check in report.checks if check.code == "revoked-because"] == [
        {"reason": "Given by mistake"}
    ]


NOTICE = {"@context": V2, "id": ASSERTION, "type": "Assertion", "revoked": True}
BECAUSE = assertion(revoked=True, revocationReason="Fraud")


@pytest.mark.parametrize(
    "source, expected",
    [
        (BECAUSE, ("revoked", ["revoked-because"])),
        (NOTICE, ("revoked", ["revoked"])),
        (410, ("revoked", ["revoked"])),
        (None, ("revoked", ["revoked-unproved"])),
        (500, ("revoked", ["revoked-unproved"])),
        (404, ("invalid", ["hosted-gone", "revoked-unproved"])),
        (assertion(), ("modified", ["hosted-differs", "revoked-unproved"])),
    ],
)
def test_a_copy_that_says_itself_revoked_has_its_source_asked(source, expected):
    report = judge(BECAUSE, pages(assertion=source))

    assert outcome(report) == expected
    assert (Verdict.UNREACHABLE in report.findings) is (source in (None, 500))


def test_words_about_a_revocation_are_not_told_as_those_of_an_issuer_who_was_not_asked():
    claimed = badge_class(issuer=issuer(name="A university"))

    report = judge(assertion(badge=claimed, revoked=True, revocationReason="Fraud of Jean"))

    assert outcome(report) == ("revoked", ["revoked-unproved"])
    assert Verdict.UNREACHABLE in report.findings
    assert "Fraud of Jean" not in str(report.checks)


@pytest.mark.parametrize(
    "badge", [BADGE, badge_class(id=f"{HOME}/none"), badge_class(id=None), {"name": "x"}]
)
def test_nobody_revokes_what_is_somebody_else_s(badge):
    copy = assertion(id=f"{EVIL}/1", badge=badge, revoked=True, revocationReason="Fraud")
    notice = NOTICE | {"id": f"{EVIL}/1", "revocationReason": "Fraud"}

    for source in (copy, notice):
        report = judge(copy, pages() | {f"{EVIL}/1": source})

        assert "Fraud" not in str(report.checks)
        assert report.findings - {Verdict.REVOKED}


def test_a_notice_of_revocation_counts_at_its_own_address():
    assert outcome(judge(ASSERTION, {ASSERTION: NOTICE})) == ("revoked", ["revoked"])
    assert outcome(judge(NOTICE, {ASSERTION: NOTICE})) == ("revoked", ["revoked"])
    assert outcome(judge(assertion(), pages(assertion=NOTICE))) == ("revoked", ["revoked"])
    assert outcome(judge(NOTICE)) == ("revoked", ["revoked-unproved"])


PLAIN = ASSERTION.replace("https", "http")


@pytest.mark.parametrize(
    "https, verdict",
    [
        (None, "unverifiable"),
        (404, "unverifiable"),
        (assertion(id=PLAIN, narrative="Another"), "unverifiable"),
        (Answer(PLAIN, 200, json.dumps(assertion(id=PLAIN)).encode()), "unverifiable"),
        (Answer(f"{EVIL}/1", 200, json.dumps(assertion(id=PLAIN)).encode()), "unverifiable"),
        (assertion(id=PLAIN), "authentic"),
    ],
)
def test_a_source_without_protection_proves_nothing_of_a_protected_issuer(https, verdict):
    """Unless it says the same by https: many old badges say http by habit."""
    award = assertion(id=PLAIN)

    report = judge(award, {**pages(assertion=https), PLAIN: award})

    assert outcome(report) == (verdict, [])
    assert "hosted-plain" in codes(report, None)
    assert "hosted-plain" not in codes(judge(assertion(), pages()), None)


def test_the_document_by_http_may_not_call_itself_protected():
    award = assertion(id=PLAIN)

    assert outcome(judge(award, {**pages(assertion=None), PLAIN: assertion()})) == ("unverifiable", [])


@pytest.mark.parametrize("part", [BADGE, ISSUER])
def test_no_part_of_the_chain_comes_without_protection(part):
    http = part.replace("https", "http")
    site = pages(badge=badge_class(issuer=http)) if part == ISSUER else pages(assertion=assertion(badge=http))
    site[http] = site[part]

    assert outcome(judge(ASSERTION, site)) == ("authentic", [])
    if part == BADGE:
        assert outcome(judge(ASSERTION, {**site, BADGE: None})) == ("unverifiable", [])


def test_an_issuer_without_protection_has_badges_without_protection():
    """Trials on one's own machine, and badges older than protection."""
    plain = {
        address.replace("https", "http"): json.loads(
            json.dumps(page).replace(HOME, HOME.replace("https", "http"))
        )
        for address, page in pages().items()
    }

    assert outcome(judge(plain[PLAIN], plain)) == ("authentic", [])


@pytest.mark.parametrize(
    "id",
    [
        "urn:uuid:1",
        "not an address",
        "ftp://issuer.example/1",
        "https://good@evil.example/1",
        "https:///1",
        "data:,x",
    ],
)
def test_an_id_that_is_no_address_is_refused(id):
    assert outcome(judge(assertion(id=id), pages())) == ("invalid", ["hosted-nowhere", "scope-outside"])


def test_a_badge_without_id_is_refused():
    assert "property-missing" in codes(judge(assertion(id=None), pages()))


@pytest.mark.parametrize(
    "address",
    [
        f"{EVIL}/assertions/1",
        "https://issuer.example.evil.example/assertions/1",
        "https://sub.issuer.example/assertions/1",
        "https://issuer.example:8443/assertions/1",
    ],
)
def test_a_badge_on_another_host_than_its_issuer_s_is_refused(address):
    forged = assertion(id=address)

    assert outcome(judge(forged, {**pages(), address: forged})) == ("invalid", ["scope-outside"])
    assert outcome(judge(forged, {BADGE: badge_class(), ISSUER: issuer()})) == ("invalid", ["scope-outside"])


def test_a_class_on_another_host_than_its_issuer_s_is_refused():
    forged = badge_class(id=f"{EVIL}/badges/1")
    award = assertion(badge=f"{EVIL}/badges/1")

    report = judge(award, {**pages(assertion=award), f"{EVIL}/badges/1": forged})

    assert outcome(report) == ("invalid", ["badge-elsewhere"])


def test_a_whole_chain_on_another_host_is_another_issuer():
    site = {
        f"{EVIL}/a": assertion(id=f"{EVIL}/a", badge=f"{EVIL}/b"),
        f"{EVIL}/b": badge_class(id=f"{EVIL}/b", issuer=f"{EVIL}/i"),
        f"{EVIL}/i": issuer(id=ISSUER),
    }

    assert outcome(judge(site[f"{EVIL}/a"], site)) == ("invalid", ["id-elsewhere"])


def test_an_id_that_differs_on_the_same_host_is_told_and_never_believed():
    report = judge(assertion(), pages(issuer=issuer(id=f"{HOME}/issuers/2")))

    assert outcome(report) == ("authentic", [])
    assert "id-differs" in codes(report, None)
    assert report.facts.issuer.id == ISSUER


def test_an_issuer_by_another_scheme_is_told():
    assert outcome(judge(assertion(), pages(issuer=issuer(id="urn:uuid:1")))) == ("authentic", [])


@pytest.mark.parametrize("address", [ASSERTION, BADGE, ISSUER])
def test_an_answer_from_another_site_proves_nothing(address):
    site = pages()
    redirected = Answer(f"{EVIL}/1", 200, Served(site).get(address, accept="", limit=0).content)

    assert outcome(judge(assertion(), {**site, address: redirected})) == ("invalid", ["redirect-elsewhere"])


@pytest.mark.parametrize(
    "final, verdict",
    [
        (f"{HOME}/elsewhere", "authentic"),
        ("https://www.issuer.example/1", "authentic"),
        ("http://issuer.example/1", "unverifiable"),
    ],
)
def test_an_answer_from_the_same_site_is_taken(final, verdict):
    site = pages()
    redirected = Answer(final, 200, Served(site).get(BADGE, accept="", limit=0).content)

    assert outcome(judge(assertion(), {**site, BADGE: redirected})) == (verdict, [])


@pytest.mark.parametrize(
    "which, document, expected",
    [
        ("badge", None, ("unreachable", [])),
        ("badge", 404, ("unreachable", [])),
        ("badge", b"<html>", ("invalid", ["linked-unreadable"])),
        ("badge", issuer(id=BADGE), ("invalid", ["linked-kind"])),
        ("badge", badge_class(type="Criteria"), ("invalid", ["linked-kind"])),
        ("badge", badge_class(name=None), ("invalid", ["property-missing"])),
        ("badge", badge_class(issuer=None), ("invalid", ["property-missing"])),
        ("badge", badge_class(issuer="https://good@evil.example"), ("invalid", ["address-refused"])),
        ("issuer", None, ("unreachable", [])),
        ("issuer", badge_class(id=ISSUER), ("invalid", ["linked-kind"])),
        ("issuer", issuer(url=None), ("invalid", ["property-missing"])),
        ("issuer", issuer(url="javascript:alert(1)"), ("invalid", ["property-wrong"])),
        ("issuer", [issuer()], ("invalid", ["linked-kind"])),
    ],
)
def test_the_class_and_the_issuer_must_be_had_and_be_what_they_are(which, document, expected):
    assert outcome(judge(assertion(), pages(**{which: document}))) == expected


def test_own_claims_count_without_network():
    assert judge(assertion(expires="2025-01-01T00:00:00Z")).verdict == Verdict.EXPIRED
    assert judge(assertion(issuedOn="2027-01-01T00:00:00Z")).verdict == Verdict.NOT_YET_VALID
    assert judge(assertion(verification={"type": "Trust"})).verdict == Verdict.INVALID


def test_facts_of_what_could_not_be_had_are_those_that_the_badge_claims():
    report = judge(assertion(badge=badge_class(issuer=issuer())))

    assert report.verdict == Verdict.UNREACHABLE
    assert (report.facts.name, report.facts.issuer.name) == ("Robotics", "A school")


def test_many_documents_are_not_asked():
    award = assertion(endorsement=[f"{HOME}/endorsements/{number}" for number in range(100)])
    documents = Served(pages(assertion=award))

    assert judge(award, documents).verdict == Verdict.AUTHENTIC
    assert len(documents.asked) == 8
