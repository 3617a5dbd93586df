"""A report survives its row."""

import json
from datetime import UTC, datetime

import pytest

from badges.formats.report import (
    AlignmentFacts,
    CheckId,
    EvidenceFacts,
    Facts,
    IssuerFacts,
    Read,
    RecipientFacts,
    Report,
    Verdict,
)
from badges.verification import store

AT = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture
def report() -> Report:
    facts = Facts(
        id="https://a.example/1",
        version="3.0",
        name="Nom",
        tags=("un", "deux"),
        issuer=IssuerFacts(id="did:web:a.example", name="Émetteur"),
        recipients=(RecipientFacts("email", "sha256$00", hashed=True, salt="sel"),),
        issued_at=AT,
        evidence=(EvidenceFacts(url="https://a.example/p", name="Preuve"),),
        alignments=(AlignmentFacts(name="Cadre", code="A1"),),
    )
    made = Report(format="ob3-proof", facts=facts, reads=[Read("https://a.example/1", AT, 200, "ab")])
    made.reads.append(Read("https://a.example/2", AT, None, ""))
    made.good(CheckId.FORMAT, "format-good", version="3.0")
    made.unknown(CheckId.STATUS, "status-unknown", Verdict.UNREACHABLE)
    made.bad(CheckId.DATES, "expired", Verdict.EXPIRED, at="2020")
    return made


def test_what_is_kept_is_json_and_comes_back_the_same(report):
    back = store.load(json.loads(json.dumps(store.dump(report))))

    assert back == report
    assert back.verdict == Verdict.EXPIRED


def test_an_empty_report_comes_back_empty():
    assert store.load(store.dump(Report())) == Report()
    assert store.load({}) == Report()


def test_a_fact_that_is_no_longer_known_is_left_out(report):
    said = store.dump(report)
    said["facts"]["colour"] = "red"
    del said["facts"]["narrative"]

    assert store.load(said).facts == report.facts


def test_characters_that_no_database_takes_are_taken_out():
    report = Report()
    report.good(CheckId.FORMAT, "x", id="a\0b\ud800c")

    assert store.dump(report)["checks"][0]["params"] == {"id": "ab?c"}


def test_copies_are_the_texts_that_were_read():
    copies = {
        "https://a.example/1": b'{"a": "\xc3\xa9"}',
        "https://a.example/p": b"\x89PNG",
        "https://a.example/n": b"a\0",
    }

    assert store.copies(Report(copies=copies)) == {"https://a.example/1": '{"a": "é"}'}


def test_copies_are_bounded(monkeypatch):
    monkeypatch.setattr(store, "MOST_COPIED", 10)
    copies = {
        "https://a.example/1": b"a" * 6,
        "https://a.example/2": b"b" * 6,
        "https://a.example/3": b"c" * 4,
    }

    assert set(store.copies(Report(copies=copies))) == {"https://a.example/1", "https://a.example/3"}
