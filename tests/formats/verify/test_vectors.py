"""Badges before 3.0 that others made, and learner records: each gets the verdict that it deserves."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from badges.formats import containers
from badges.formats.errors import FormatError
from badges.formats.found import Found, Kind
from badges.formats.report import Report, Verdict
from badges.formats.verify import verify
from tests.formats.verify.served import Served

FOLDER = Path(__file__).parents[2] / "vectors"
AT = datetime(2026, 11, 1, tzinfo=UTC)
SAMPLES = "ob20/1edtech-validator/"
ROWS = {
    row["file"]: row["expectation"]
    for row in csv.DictReader((FOLDER / "index.csv").read_text(encoding="utf-8").splitlines())
    if row["file"].startswith(("ob1x/", "ob20/", "clr20/")) and row["expectation"] != "support"
}
WORDS = {
    "valid": Verdict.AUTHENTIC,
    "invalid": Verdict.INVALID,
    "not-a-badge": Verdict.NOT_A_BADGE,
    "mixed": Verdict.NOT_A_BADGE,  # a table of good and bad values
}
# Where the index knows one word and we know more, or see it otherwise.
OTHERWISE = {
    # « invalid », of which this is the kind
    f"{SAMPLES}basic-assertion-expired.json": Verdict.EXPIRED,
    f"{SAMPLES}basic-assertion-in-future.json": Verdict.NOT_YET_VALID,
    f"{SAMPLES}simple-revoked.jwt": Verdict.REVOKED,
    # 0.5 proves something at its own address only: test_a_badge_of_0_5_is_authentic_at_its_address
    "ob1x/validator-core/0_5_assertion.json": Verdict.UNVERIFIABLE,
    "ob1x/validator-core/0_5_1_assertion.json": Verdict.UNVERIFIABLE,
    # documents without a word of where they are
    "ob1x/validator-core/1_0_basic_badgeclass.json": Verdict.UNVERIFIABLE,
    "ob1x/validator-core/1_0_basic_issuer.json": Verdict.UNVERIFIABLE,
    # a part and a foreign class: well formed, and nothing that anybody could prove
    f"{SAMPLES}rdf-validation/valid-alignment-object.json": Verdict.UNVERIFIABLE,
    f"{SAMPLES}rdf-validation/valid-cool-class.json": Verdict.UNVERIFIABLE,
    # classes of example.com that name an issuer of example.org, which says nothing of them
    f"{SAMPLES}rdf-validation/valid-badge-class.json": Verdict.UNVERIFIABLE,
    f"{SAMPLES}rdf-validation/valid-badge-class-empty-criteria-type.json": Verdict.UNVERIFIABLE,
    # awards by http of an issuer by https, which does not serve them
    f"{SAMPLES}assertion-with-extension-node-basic.json": Verdict.UNVERIFIABLE,
    f"{SAMPLES}assertion-with-multiple-extensions.json": Verdict.UNVERIFIABLE,
    # good files that point to documents which nobody kept
    "ob20/bakery-backpack/valid-baked.png": Verdict.UNREACHABLE,
    "ob20/bakery-mozilla/baked.svg": Verdict.UNREACHABLE,
    "ob20/bakery-mozilla/no-json.svg": Verdict.UNREACHABLE,
    "ob20/bakery-python/baked_example.svg": Verdict.UNREACHABLE,
    "ob20/bakery-python/baked_heart.png": Verdict.UNREACHABLE,
}  # fmt: skip
OLD = "ob1x/validator-core/"


def content(file: str) -> bytes:
    return (FOLDER / file).read_bytes()


def web(file: str) -> Served:
    """The web of the samples: their assets at example.org, Open Badges 1.0 at a.com, and the file at its own id."""
    pages: dict[str, object] = {
        f"{scheme}://{host}/{path.name}": path.read_bytes()
        for path in (FOLDER / SAMPLES / "assets").iterdir()
        for scheme in ("http", "https")
        for host in ("example.org", "www.example.org")
    }
    pages["http://a.com/badgeclass"] = content(f"{OLD}1_0_basic_badgeclass.json")
    pages["http://a.com/issuer"] = content(f"{OLD}1_0_basic_issuer.json")
    pages["http://a.com/instance"] = content(f"{OLD}1_0_basic_assertion.json")
    pages["http://a.com/instance3"] = content(f"{OLD}1_0_basic_assertion_with_extra_properties.json")
    pages["https://example.org/404"] = 404
    return Served(pages | own(file))


def own(file: str) -> dict[str, object]:
    found = containers.find(content(file))[0]
    document = json.loads(found.text) if found.kind is Kind.JSON and "bad-json" not in file else {}
    id = document.get("id", "")
    return {id: found.text.encode()} if id.startswith("http") else {}


def judged(file: str, documents: Served) -> Report:
    return verify(containers.find(content(file))[0], documents=documents, at=AT)


def followed(address: str, pages: dict[str, object]) -> Report:
    return verify(Found("address", Kind.ADDRESS, address), documents=Served(pages), at=AT)


def test_the_table_knows_the_files():
    assert len(ROWS) == 70
    assert set(OTHERWISE) < set(ROWS)


@pytest.mark.parametrize("file", [file for file, word in ROWS.items() if word != "no-badge"])
def test_every_file_gets_its_verdict(file):
    report = judged(file, web(file))

    word = ROWS[file].removesuffix("-legacy")
    assert report.verdict == OTHERWISE.get(file, WORDS.get(word) or WORDS[word.rpartition("-")[0]])


@pytest.mark.parametrize("file", [file for file, word in ROWS.items() if word == "no-badge"])
def test_a_picture_without_a_badge_is_none(file):
    with pytest.raises(FormatError) as raised:
        containers.find(content(file))

    assert raised.value.code == "no-badge"


@pytest.mark.parametrize(
    "file", [file for file, word in ROWS.items() if word.startswith("valid") and file not in OTHERWISE]
)
def test_nothing_is_authentic_when_nobody_answers(file):
    report = judged(file, Served())

    assert report.verdict == Verdict.UNREACHABLE
    assert {read.status for read in report.reads} == {None}


@pytest.mark.parametrize("file", ["0_5_assertion.json", "0_5_1_assertion.json"])
def test_a_badge_of_0_5_is_authentic_at_its_address(file):
    address = "http://oldstyle.com/assertions/1"

    report = followed(address, {address: content(OLD + file)})

    assert (report.verdict, report.format) == (Verdict.AUTHENTIC, "ob0-hosted")
    assert report.facts.name == "Basic McBadge"
    assert report.facts.issuer.url == "http://oldstyle.com"


def test_a_badge_of_0_5_elsewhere_than_at_its_issuer_is_not_its():
    address = "http://newstyle.com/assertions/1"

    assert followed(address, {address: content(f"{OLD}0_5_assertion.json")}).verdict == Verdict.INVALID


def test_a_class_of_1_0_is_what_it_is_at_its_address():
    pages = web(f"{OLD}1_0_basic_badgeclass.json").pages

    report = followed("http://a.com/badgeclass", pages)

    assert report.verdict == Verdict.AUTHENTIC
    assert report.facts is None
    assert "no-award" in {check.code for check in report.checks}
