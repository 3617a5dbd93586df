"""The one door to a verdict: what is no badge, what `verify` is given, what was read and when."""

from datetime import UTC, datetime

import pytest

from badges.formats.documents import Answer
from badges.formats.errors import FormatError
from badges.formats.found import Found, Kind
from badges.formats.report import Check, CheckId, Read, Report, Verdict
from badges.verification import judge as door
from badges.verification.judge import judge, judge_found, unread
from badges.verification.ours import Ours
from badges.verification.words import SENTENCES, message
from tests.code import ROOT

VECTORS = ROOT / "tests" / "vectors"
THEN = datetime(2020, 5, 6, tzinfo=UTC)
NOW = datetime(2030, 1, 2, 3, 4, tzinfo=UTC)
ADDRESS = "https://issuer.example/badge"


class Nothing:
    def get(self, address, *, accept, limit):
        return Answer(address, 404, b"")


@pytest.fixture
def verified(monkeypatch):
    """What `verify` is given; it answers with one document read at the moment that is judged."""
    asked: list[dict] = []

    def verify(found, **options):
        asked.append({"found": found, **options})
        return Report(format="ob2-hosted", reads=[Read(ADDRESS, options["at"], 200, "abc")])

    monkeypatch.setattr(door, "verify", verify)
    return asked


@pytest.mark.parametrize("given", [ADDRESS, ADDRESS.encode(), f"\ufeff  {ADDRESS}\n"])
def test_an_address_is_handed_over(verified, given):
    report = judge(given, at=THEN, recipients=["alice@exemple.fr"], documents=(documents := Nothing()))

    assert report.verdict == Verdict.AUTHENTIC
    assert verified == [
        {
            "found": Found("address", Kind.ADDRESS, ADDRESS),
            "documents": documents,
            "at": THEN,
            "recipients": ["alice@exemple.fr"],
        }
    ]


def test_a_verdict_is_of_now_and_reads_this_site_and_the_network(verified, time_machine):
    time_machine.move_to(NOW, tick=False)
    judge(ADDRESS)

    assert verified[0]["at"] == NOW
    assert verified[0]["recipients"] == ()
    assert isinstance(verified[0]["documents"], Ours)


def test_documents_are_read_now_whatever_moment_is_judged(verified, time_machine):
    time_machine.move_to(NOW, tick=False)

    assert judge(ADDRESS, at=THEN, documents=Nothing()).reads == [Read(ADDRESS, NOW, 200, "abc")]


def test_a_badge_that_was_found_is_judged_as_it_is(verified):
    found = Found("png", Kind.JWS, "a.b.c", b"picture")

    assert judge_found(found, documents=Nothing()).format == "ob2-hosted"
    assert verified[0]["found"] is found


@pytest.mark.parametrize(
    "given, code, verdict",
    [
        (b"", "file-unknown", Verdict.NOT_A_BADGE),
        ("hello", "file-unknown", Verdict.NOT_A_BADGE),
        ("\ud800", "file-unknown", Verdict.NOT_A_BADGE),
        ("\0" * 100, "file-unknown", Verdict.NOT_A_BADGE),
        (b"GIF89a...", "file-unknown", Verdict.NOT_A_BADGE),
        ((VECTORS / "ob20/bakery-mozilla/unbaked.png").read_bytes(), "no-badge", Verdict.NOT_A_BADGE),
        ((VECTORS / "ob20/bakery-mozilla/unbaked.svg").read_bytes(), "no-badge", Verdict.NOT_A_BADGE),
        (b"x" * (5 * 1024 * 1024 + 1), "file-too-big", Verdict.INVALID),
        (b'{"a": "\xff"}', "text-not-utf8", Verdict.INVALID),
        ((VECTORS / "ob20/bakery-mozilla/unbaked.png").read_bytes()[:-20], "png-broken", Verdict.INVALID),
    ],
)
def test_what_holds_no_badge_is_told_from_a_broken_one(verified, given, code, verdict):
    report = judge(given, documents=Nothing())

    assert [(check.id, check.ok, check.code) for check in report.checks] == [(CheckId.CONTAINER, False, code)]
    assert (report.verdict, report.reads, verified) == (verdict, [], [])
    assert message(report.checks[0])


def test_a_refusal_keeps_its_words():
    assert unread(FormatError("file-too-big", most="5")).checks == [
        Check(CheckId.CONTAINER, False, "file-too-big", {"most": "5"})
    ]


def test_the_codes_that_mean_no_badge_have_sentences():
    assert set(SENTENCES) >= door.NO_BADGE


def test_an_address_of_ours_that_no_view_can_take_gets_a_verdict(settings):
    address = f"{settings.SITE_URL}/ob2/assertions/x?{'&' * 1100}"

    assert judge(address).verdict == Verdict.UNREACHABLE
