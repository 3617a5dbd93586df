"""What a page says of a report."""

import pytest

from badges.formats.report import Check, CheckId, Facts, Report, Verdict
from badges.verification import shown
from badges.verification.shown import Line
from badges.verification.words import message
from badges.verification.words.verdicts import WORDS


def test_every_verdict_has_its_word():
    assert {verdict: (shown.word(verdict), shown.meaning(verdict)) for verdict in Verdict} == {
        verdict: (word.label, word.meaning) for verdict, word in WORDS.items()
    }


def test_every_check_is_a_line_but_those_left_out():
    report = Report()
    report.good(CheckId.RECIPIENT, "recipient-good")
    report.unknown(CheckId.STATUS, "recipient-not-asked")

    assert shown.lines(report, but=CheckId.RECIPIENT) == [
        Line(None, message(Check(CheckId.STATUS, None, "recipient-not-asked")))
    ]


@pytest.mark.parametrize("params", [{}, {"address": "x"}])
def test_a_code_without_words_is_left_out(params):
    report = Report(checks=[Check(CheckId.STATUS, False, "code-of-another-year", params)])
    report.checks.append(Check(CheckId.SOURCE, False, "fetch-refused", {}))

    assert shown.lines(report) == []
    assert shown.trouble(report) == ""


def test_what_is_wrong_is_told_before_what_is_not_known():
    report = Report()
    report.good(CheckId.CONTAINER, "recipient-good")
    report.unknown(CheckId.SOURCE, "fetch-no-answer", address="https://a.example")
    report.bad(CheckId.RECIPIENT, "recipient-other", Verdict.INVALID)

    assert shown.trouble(report) == message(report.checks[2])


@pytest.mark.parametrize(
    "findings, proved",
    [
        ([], True),
        ([Verdict.EXPIRED], True),
        ([Verdict.REVOKED], True),
        ([Verdict.EXPIRED, Verdict.UNREACHABLE], False),
        ([Verdict.EXPIRED, Verdict.UNVERIFIABLE], False),
        ([Verdict.REVOKED, Verdict.UNVERIFIABLE], False),
        ([Verdict.MODIFIED], False),
        ([Verdict.INVALID], False),
    ],
)
def test_a_finding_that_proves_nothing_counts_whatever_outweighs_it(findings, proved):
    report = Report(facts=Facts(id="urn:uuid:1", version="2.0"), findings=set(findings))

    assert shown.is_proved(report) == proved
    assert not shown.is_proved(Report())


@pytest.mark.parametrize(
    "issuer, site",
    [
        ("https://a.example/issuer", "a.example"),
        ("https://A.Example:8443/issuer", "a.example:8443"),
        ("did:web:a.example:issuers:1", "a.example"),
        ("did:web:a.example%3A8443", "a.example:8443"),
        ("did:web:A.example%3A443", "a.example"),
        ("did:web:a.example%2F.evil.example", ""),
        ("https://ecole-supérieure.example/", "ecole-supérieure.example"),
        ("https://œuvre.example:8443/", "œuvre.example:8443"),
        ("https://sorb\u043enne.example/", "xn--sorbnne-djg.example"),
        ("https://\u0440\u0430ypal.example:8443/", "xn--ypal-43d9g.example:8443"),
        ("https://sorb\u0251nne.example/", "xn--sorbnne-obd.example"),
        ("https://victim.example\u3002evil.example/", "victim.example.evil.example"),
        ("https://\u0436.\u202eexample/", ""),
        ("did:key:z6Mk", ""),
        ("urn:uuid:1", ""),
        ("", ""),
        ("https://good@evil.example/", ""),
    ],
)
def test_the_site_that_an_issuer_names(issuer, site):
    assert shown.site(issuer) == site


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("https://a.example/i", "https://A.EXAMPLE.:443/x/../y", True),
        ("http://a.example/i", "https://a.example", True),
        ("did:web:a.example%3A8443:i", "https://a.example:8443/", True),
        ("https://é.example/", "https://xn--9ca.example/", True),
        ("https://a.example:8443/", "https://a.example/", False),
        ("https://a.example.evil.example/", "https://a.example/", False),
        ("urn:uuid:1", "urn:uuid:1", False),
        ("", "", False),
    ],
)
def test_one_site_in_two_spellings(one, other, same):
    assert shown.same_site(one, other) == same
