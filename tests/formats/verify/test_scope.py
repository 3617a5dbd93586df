"""For which addresses an issuer answers."""

import pytest

from badges.formats.verify import scope
from tests.formats.verify.judging import codes, judge, outcome
from tests.formats.verify.served import BADGE, HOME, ISSUER, assertion, badge_class, issuer

ELSEWHERE = "https://cdn.example/assertions/1"


def site(policy=None, badge_policy=None):
    return {
        ELSEWHERE: assertion(id=ELSEWHERE),
        BADGE: badge_class(verification=badge_policy),
        ISSUER: issuer(verification=policy),
    }


@pytest.mark.parametrize(
    "policy, expected",
    [
        (None, "invalid"),
        ({}, "invalid"),
        ({"allowedOrigins": "cdn.example"}, "authentic"),
        ({"allowedOrigins": ["issuer.example", "CDN.example"]}, "authentic"),
        ({"allowedOrigins": ["dn.example", "evil.cdn.example", ""]}, "invalid"),
        ({"allowedOrigins": ["https://cdn.example"]}, "invalid"),
        ({"startsWith": "https://cdn.example/assertions/"}, "authentic"),
        ({"startsWith": ["https://issuer.example/", "https://cdn.example/a"]}, "authentic"),
        ({"startsWith": "https://cdn.example/assertions/2"}, "invalid"),
        ({"startsWith": "https://cdn.example.evil.example/"}, "invalid"),
        ({"startsWith": "https://cdn.e"}, "invalid"),
        ({"startsWith": "https://"}, "invalid"),
        ({"startsWith": 7, "allowedOrigins": {"a": 1}}, "invalid"),
        ("cdn.example", "invalid"),
    ],
)
def test_a_policy_of_the_issuer_opens_other_addresses(policy, expected):
    assert judge(assertion(id=ELSEWHERE), site(policy)).verdict.value == expected


def test_a_policy_of_the_class_counts_before_its_issuer_s():
    assert outcome(judge(assertion(id=ELSEWHERE), site({}, {"allowedOrigins": "cdn.example"}))) == (
        "authentic",
        [],
    )


def test_a_prefix_closes_what_the_host_would_open():
    own = {f"{HOME}/a": assertion(id=f"{HOME}/a")} | site({"startsWith": f"{HOME}/awards/"})

    assert outcome(judge(assertion(id=f"{HOME}/a"), own)) == ("invalid", ["scope-outside"])


@pytest.mark.parametrize(
    "property, expected", [("id", "authentic"), ("@id", "authentic"), ("badge", "unverifiable")]
)
def test_a_policy_about_something_else_than_ids_is_not_judged(property, expected):
    policy = {"verificationProperty": property, "allowedOrigins": "cdn.example"}

    report = judge(assertion(id=ELSEWHERE), site(policy))

    assert report.verdict.value == expected
    assert ("scope-unknown" in codes(report, None)) is (expected == "unverifiable")


@pytest.mark.parametrize(
    "address, issuer_address, expected",
    [
        ("https://a.example/x", "http://a.example/y", True),
        ("https://a.example:443/x", "https://a.example/y", True),
        ("https://A.example./x", "https://a.example/y", True),
        ("https://a.example:8000/x", "https://a.example/y", False),
        ("https://a.example:8000/x", "http://a.example:8000/y", True),
        ("https://www.a.example/x", "https://a.example/y", False),
        ("https://a.example@b.example/x", "https://a.example/y", False),
        ("https://b.example/https://a.example/x", "https://a.example/y", False),
        ("https://b.example\\@a.example/x", "https://a.example/y", False),
        ("urn:uuid:1", "urn:uuid:1", False),
        ("", "", False),
    ],
)
def test_without_policy_the_authority_is_the_issuer_s(address, issuer_address, expected):
    assert scope.holds(address, issuer_address, {}) is expected


@pytest.mark.parametrize(
    "address",
    ["https://a.example/awards/../x", "https://a.example/awards/%2e%2e/x", "https://a.example/awards/%2E./x"],
)
def test_a_prefix_is_not_climbed_out_of(address):
    assert scope.holds("https://a.example/awards/x", "", {"startsWith": "https://a.example/awards/"})
    assert not scope.holds(address, "", {"startsWith": "https://a.example/awards/"})
