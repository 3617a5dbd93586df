"""Open Badges 0.5, 1.0 and 1.1, hosted."""

import json
from typing import Any

import pytest

from badges.formats.documents import Answer
from badges.formats.report import Verdict
from tests.formats.verify.judging import codes, judge, outcome
from tests.formats.verify.served import changed

AWARD, BADGE, ISSUER = "http://old.example/awards/1", "http://old.example/badge", "http://old.example/issuer"
V1 = "https://w3id.org/openbadges/v1"


def award(**changes: Any) -> dict[str, Any]:
    document = {
        "uid": "abc",
        "recipient": {"type": "email", "hashed": False, "identity": "ada@example.org"},
        "badge": BADGE,
        "issuedOn": "2013-05-06",
        "verify": {"type": "hosted", "url": AWARD},
    }
    return changed(document, changes)


def badge(**changes: Any) -> dict[str, Any]:
    document = {
        "name": "Basics",
        "description": "Knows the basics",
        "image": "http://old.example/b.png",
        "criteria": "http://old.example/criteria",
        "issuer": ISSUER,
        "alignment": [{"name": "Standard", "url": "http://standards.example/1", "description": "First"}],
    }
    return changed(document, changes)


def site(**changes: Any) -> dict[str, Any]:
    served = {
        "award": award(),
        "badge": badge(),
        "issuer": {"name": "A club", "url": "http://old.example"},
    } | changes
    return {AWARD: served["award"], BADGE: served["badge"], ISSUER: served["issuer"]}


def of_1_1(**changes: Any) -> dict[str, Any]:
    return award(**{"@context": V1, "id": AWARD, "type": "Assertion"} | changes)


def test_a_badge_of_1_0_is_authentic_at_the_address_that_it_names():
    report = judge(award(), site())

    assert outcome(report) == ("authentic", [])
    assert (report.format, report.facts.version, report.facts.id) == ("ob1-hosted", "1.0", AWARD)
    assert report.facts.alignments[0].url == "http://standards.example/1"


@pytest.mark.parametrize(
    "date", [1367798400, "1367798400", "2013-05-06T00:00:00Z", "2013-05-06T02:00:00+02:00"]
)
def test_dates_of_1_0_come_in_several_forms(date):
    report = judge(award(issuedOn=date), site())

    assert outcome(report) == ("authentic", [])
    assert report.facts.issued_at.isoformat() == "2013-05-06T00:00:00+00:00"


def test_a_copy_of_1_0_may_be_a_mere_reminder():
    assert outcome(judge({"verify": {"url": AWARD}}, site())) == ("authentic", [])
    assert outcome(judge(award(recipient=None, issuedOn=None), site())) == ("authentic", [])


@pytest.mark.parametrize(
    "changes", [{"recipient": "ada@example.org"}, {"issuedOn": "yesterday"}, {"badge": 7}]
)
def test_a_reminder_may_leave_things_out_but_not_get_them_wrong(changes):
    assert "property-wrong" in codes(judge(award(**changes), site()))


def test_the_source_of_1_0_leaves_nothing_out():
    assert outcome(judge(award(recipient=None), site(award=award(recipient=None)))) == (
        "invalid",
        ["property-missing"],
    )


def test_a_copy_of_1_0_that_names_somebody_else_was_modified():
    given = award(recipient={"type": "email", "hashed": False, "identity": "eve@example.org"})

    assert outcome(judge(given, site())) == ("modified", ["hosted-differs"])


def test_the_source_of_1_0_names_its_own_address():
    other = award(verify={"type": "hosted", "url": "http://old.example/awards/2"})

    assert outcome(judge(award(), site(award=other))) == ("invalid", ["hosted-id"])


def test_a_badge_of_1_0_on_another_host_than_its_issuer_s_is_refused():
    forged = award(verify={"type": "hosted", "url": "http://evil.example/1"})

    assert outcome(judge(forged, {**site(), "http://evil.example/1": forged})) == (
        "invalid",
        ["scope-outside"],
    )


def test_an_unknown_property_changes_nothing():
    assert outcome(judge(award(snood="a game"), site())) == ("authentic", [])


def test_a_badge_of_1_1_goes_by_its_id():
    given = of_1_1(verify={"type": "hosted"})

    report = judge(given, site(award=given))

    assert outcome(report) == ("authentic", [])
    assert report.facts.version == "1.1"


def test_a_badge_of_1_1_without_an_address_as_id_goes_by_the_one_that_it_names():
    given = of_1_1(id=None)

    assert outcome(judge(given, site(award=given))) == ("authentic", [])


def test_moodle_says_2_0_with_the_words_of_1_1():
    given = award(**{"@context": "https://w3id.org/openbadges/v2", "id": AWARD, "type": "Assertion"})

    report = judge(given, site(award=given))

    assert outcome(report) == ("authentic", [])
    assert report.facts.version == "2.0"
    assert "zone-missing" in codes(report, None)


# Open Badges 0.5


def oldest(**changes: Any) -> dict[str, Any]:
    issuer = {"origin": "http://old.example", "name": "A club", "contact": "club@old.example"}
    made = {
        "version": "0.5.0", "name": "Basics", "description": "Knows the basics", "image": "/b.png",
        "criteria": "/criteria", "issuer": issuer,
    }  # fmt: skip
    document = {"recipient": "ada@example.org", "issued_on": "2012-05-06", "evidence": "/work", "badge": made}
    return changed(document, changes)


def test_addresses_of_0_5_are_relative_to_their_issuer():
    report = judge(AWARD, {AWARD: oldest()}, recipients=["Ada@example.org"])

    assert outcome(report) == ("authentic", [])
    assert report.facts.image == "http://old.example/b.png"
    assert report.facts.criteria_url == "http://old.example/criteria"
    assert report.facts.evidence[0].url == "http://old.example/work"
    assert report.facts.issuer.email == "club@old.example"
    assert report.facts.id == AWARD


def test_a_copy_of_0_5_cannot_be_verified():
    report = judge(oldest())

    assert outcome(report) == ("unverifiable", [])
    assert report.facts.name == "Basics"


def test_an_answer_for_0_5_from_another_site_is_that_site_s():
    forged = Answer("http://evil.example/1", 200, json.dumps(oldest()).encode())

    assert outcome(judge(AWARD, {AWARD: forged})) == ("invalid", ["scope-outside"])


@pytest.mark.parametrize(
    "changes, verdict",
    [
        ({"expires": "2013-01-01"}, Verdict.EXPIRED),
        ({"issued_on": "2030-01-01"}, Verdict.NOT_YET_VALID),
        ({"issued_on": "some day"}, Verdict.INVALID),
        ({"badge": {"name": "Basics"}}, Verdict.INVALID),
        ({"badge": {}}, Verdict.INVALID),
    ],
)
def test_a_badge_of_0_5_keeps_its_rules(changes, verdict):
    assert judge(AWARD, {AWARD: oldest(**changes)}).verdict == verdict


def test_a_recipient_of_0_5_may_be_a_hash_with_a_salt():
    given = oldest(
        recipient="sha256$ecf5409f3f4b91ab60cc5ef4c02aef7032354375e70cf4d8e43f6a1d29891942", salt="deadsea"
    )

    assert judge(AWARD, {AWARD: given}, recipients=["nobody@example.org"]).verdict == Verdict.AUTHENTIC
    assert judge(AWARD, {AWARD: given}, recipients=["somebody@example.org"]).verdict == Verdict.INVALID


def test_a_badge_of_0_5_by_http_proves_nothing_of_a_protected_origin():
    given = {
        "recipient": "ada@example.org",
        "badge": {
            "version": "0.5.0",
            "name": "Basics",
            "description": "d",
            "image": "/b.png",
            "criteria": "/c",
            "issuer": {"origin": "https://old.example", "name": "A club"},
        },
    }

    assert outcome(judge(AWARD, {AWARD: given})) == ("unverifiable", [])
    assert outcome(judge(AWARD, {AWARD: given, AWARD.replace("http", "https"): given})) == ("authentic", [])
