"""Which badges are one, and which issuers are known."""

from datetime import UTC, datetime

import pytest

from badges.formats.report import Facts, IssuerFacts, Read, Report, Verdict
from badges.services.imports import known

AT = datetime(2026, 5, 6, tzinfo=UTC)


def facts(own: str, issuer: str = "https://a.example/i", version: str = "2.0", **more) -> Facts:
    return Facts(id=own, version=version, issuer=IssuerFacts(id=issuer), **more)


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://a.example/1", "http://a.example/1"),
        ("https://a.example/1", "https://A.example:443/1"),
        ("https://a.example/1", " https://a.example/1/ "),
        ("https://a.example/%C3%A9", "https://a.example/é"),
        ("https://a.example/1?b=2&a=1", "https://a.example/1?a=1&b=2"),
        ("urn:uuid:1", " urn:uuid:1"),
    ],
)
def test_one_badge_in_two_spellings(one, other):
    assert known.key(facts(one)) == known.key(facts(other))


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://a.example/1", "https://a.example/2"),
        ("https://a.example/1", "https://b.example/1"),
        ("https://a.example/1", "https://a.example:8443/1"),
        ("https://a.example/a", "https://a.example/A"),
        ("https://a.example/a?x=1", "https://a.example/a?x=2"),
        ("urn:uuid:1", "urn:uuid:2"),
    ],
)
def test_two_badges(one, other):
    assert known.key(facts(one)) != known.key(facts(other))


@pytest.mark.parametrize("other", ["victim.json", "victim?v=mallory", "vict%69m", "victim/", "Victim"])
@pytest.mark.parametrize("version", ["1.1", "2.0", "3.0"])
def test_two_organisations_of_one_platform_share_no_row_and_no_badge(version, other):
    """Whatever their names: a spelling that is one for some servers is two for others."""
    home = "https://platform.example/u/"
    one, two = (
        facts(f"{home}{name}", f"{home}{name}", version, achievement_id=f"{home}{name}")
        for name in ("victim", other)
    )

    assert known.exact(one.issuer.id) != known.exact(two.issuer.id)
    assert known._class_iri(one) != known._class_iri(two)
    assert known.key(one) != known.key(two)


@pytest.mark.parametrize(
    "identifier, row",
    [
        ("https://A.example:443/i", "https://a.example/i"),
        ("HTTP://a.example./i", "https://a.example/i"),
        ("https://a.example:80/i", "https://a.example:80/i"),
        ("https://a.example", "https://a.example"),
        ("http://t//t", "https://t//t"),
        ("https://a.example/é%2f?b=%20&a#k", "https://a.example/%C3%A9%2f?b=%20&a#k"),
        ("did:web:a.example:I", "did:web:a.example:I"),
        (" urn:uuid:1", "urn:uuid:1"),
        ("", ""),
    ],
)
def test_the_key_of_a_row_is_exact(identifier, row):
    assert known.exact(identifier) == row


def test_a_badge_is_one_before_and_after_its_issuer_answers():
    one = facts("https://a.example/1", "", achievement_id="https://a.example/b")
    two = facts("https://a.example/1", "https://a.example/i", achievement_id="https://a.example/b")

    assert known.key(one) == known.key(two) == "https://a.example/b https://a.example/1"


def test_credentials_of_two_issuers_are_two_badges_whatever_their_ids():
    keys = {known.key(facts("urn:uuid:1", f"https://{name}.example/i", "3.0")) for name in "ab"}

    assert len(keys) == 2


@pytest.mark.parametrize("text", ["a\0b", "é\u202e", "urn:x y", "a\n", "\ud800"])
def test_keys_are_plain_letters(text):
    for spelling in (known.plain(text), known.exact(text), known.exact(f"https://a.example/{text}")):
        assert spelling.isascii()
        assert spelling.isprintable()


@pytest.mark.parametrize("own", ["", "  ", "https://a.example/" + "x" * 1_000])
def test_what_has_no_name_that_fits_is_not_named(own):
    assert not known.can_be_named(facts(own))
    assert known.can_be_named(facts("https://a.example/1"))


@pytest.mark.parametrize(
    "issuer, read, status, finding, proved",
    [
        ("https://a.example/i", "https://a.example/i", 200, None, True),
        ("https://a.example/i", "https://a.example/i", 200, Verdict.EXPIRED, True),
        ("https://a.example/i#me", "https://a.example/i", 200, None, True),
        ("https://a.example/i", "https://a.example/files/1.json", 200, None, False),
        ("https://a.example", "https://a.example/old.json", 200, None, False),
        ("did:web:a.example:i", "https://a.example/i/did.json", 200, None, True),
        ("https://a.example/i", "https://b.example/i", 200, None, False),
        ("https://a.example/i", "https://a.example/i", 404, None, False),
        ("https://a.example/i", "http://a.example/i", 200, None, False),
        ("http://a.example/i", "http://a.example/i", 200, None, False),
        ("http://a.example/i", "https://a.example/i", 200, None, False),
        ("https://a.example/i", "https://a.example/i", 200, Verdict.UNVERIFIABLE, False),
        ("https://a.example/i", "https://a.example/i", 200, Verdict.UNREACHABLE, False),
        ("https://a.example/i", "https://a.example/i", 200, Verdict.NOT_YET_VALID, False),
        ("did:web:a.example:i", "https://a.example/i", 200, None, False),
        ("did:web:a.example:..", "https://a.example/../did.json", 200, None, False),
        ("did:key:z6Mk", "https://a.example/list", 200, None, False),
        ("", "https://a.example/i", 200, None, False),
        ("https://a.example@b.example/i", "https://a.example/i", 200, None, False),
    ],
)
def test_an_issuer_is_known_when_its_own_site_has_answered(issuer, read, status, finding, proved):
    report = Report(facts=facts("https://a.example/1", issuer), reads=[Read(read, AT, status, "")])
    report.findings = {finding} if finding else set()

    assert known.is_proved(report) == proved


@pytest.mark.parametrize("finding", [Verdict.UNVERIFIABLE, Verdict.UNREACHABLE])
def test_what_is_over_is_no_proof_of_what_was_never_proved(finding):
    read = Read("https://a.example/i", AT, 200, "")
    report = Report(facts=facts("https://a.example/1", "https://a.example/i"), reads=[read])
    report.findings = {Verdict.EXPIRED, finding}

    assert report.verdict == Verdict.EXPIRED
    assert not known.is_proved(report)


def test_what_came_in_clear_proves_no_issuer():
    """Its key, say: who sits on the way, or on port 80, may have written it."""
    report = Report(facts=facts("urn:uuid:1", "https://a.example/i"))
    report.reads = [
        Read("https://a.example/i", AT, 200, ""),
        Read("http://a.example/list", AT, None, ""),
    ]
    assert known.is_proved(report)

    report.reads.append(Read("http://a.example/key", AT, 200, ""))

    assert not known.is_proved(report)


def test_a_badge_without_an_identifier_of_its_class_is_still_none_of_this_site():
    assert known._class_iri(facts("https://a.example/1")) == "https://a.example/1#badge"
