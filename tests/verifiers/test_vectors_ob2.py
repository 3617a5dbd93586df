"""Published Open Badges 2.0, good and bad: what 1EdTech's validator says of them, and what this project says."""

import json
from pathlib import Path

import pytest

from badges.formats.documents import Answer
from badges.formats.report import Verdict
from tests.verifiers import ours
from tests.verifiers.judges import REFUSED, VALID, ob2_job, served

FOLDER = Path(__file__).parent.parent / "vectors" / "ob20" / "1edtech-validator"
AUTHENTIC, INVALID, UNREACHABLE = Verdict.AUTHENTIC, Verdict.INVALID, Verdict.UNREACHABLE
VERDICTS = {
    "assertion-with-data-image.json": (REFUSED, INVALID),
    "assertion-with-endorsements.json": (REFUSED, AUTHENTIC),
    "assertion-with-extension-node-basic.json": (VALID, Verdict.UNVERIFIABLE),
    "assertion-with-extension-node-invalid.json": (REFUSED, INVALID),
    "assertion-with-multiple-extensions.json": (VALID, Verdict.UNVERIFIABLE),
    "badge-class-with-language.json": (REFUSED, AUTHENTIC),
    "basic-assertion-expired-before-issued.json": (REFUSED, INVALID),
    "basic-assertion-expired.json": (REFUSED, Verdict.EXPIRED),
    "basic-assertion-in-future.json": (REFUSED, Verdict.NOT_YET_VALID),
    "basic-assertion-invalid-context.json": (REFUSED, INVALID),
    "basic-assertion-invalid-type.json": (REFUSED, INVALID),
    "basic-assertion-no-public-key.json": (VALID, AUTHENTIC),
    "basic-assertion-with-allowed-origins-invalid-multiple-starts-with.json": (VALID, INVALID),
    "basic-assertion-with-allowed-origins-invalid-starts-with.json": (VALID, INVALID),
    "basic-assertion-with-allowed-origins-valid-multiple-starts-with.json": (VALID, AUTHENTIC),
    "basic-assertion-with-allowed-origins-valid-starts-with.json": (VALID, AUTHENTIC),
    "basic-assertion-with-allowed-origins.json": (VALID, AUTHENTIC),
    "basic-assertion-with-language.json": (VALID, AUTHENTIC),
    "basic-assertion.json": (VALID, AUTHENTIC),
    "issuer-compact-iri-validation.json": (VALID, AUTHENTIC),
    "simple-badge.png": (VALID, AUTHENTIC),
    "simple-not-revoked.jwt": (VALID, AUTHENTIC),
    "simple-revoked.jwt": (REFUSED, Verdict.REVOKED),
    "simple.jwt": (VALID, AUTHENTIC),
    "warning-issuer-non-http.json": (REFUSED, AUTHENTIC),
    "warning-with-redirection.json": (VALID, AUTHENTIC),
}
# Where one accepts what the other refuses.
DISAGREEMENTS = {
    "assertion-with-endorsements.json": "It stops at endorsements of a node in a node (NotImplementedError).",
    "assertion-with-extension-node-basic.json": "An award by http of an issuer by https, which does not serve it:"
    " whoever is on the way could have written it.",
    "assertion-with-multiple-extensions.json": "The same.",
    "badge-class-with-language.json": "It wants the picture of the class to be had; here that is a remark.",
    "basic-assertion-with-allowed-origins-invalid-multiple-starts-with.json": "See the next.",
    "basic-assertion-with-allowed-origins-invalid-starts-with.json": "It reads startsWith of the issuer's"
    " policy only, not of the badge class's; 1EdTech's newer validator refuses these two.",
    "warning-issuer-non-http.json": "It cannot ask an issuer whose identifier is a URN; 1EdTech's newer one warns.",
}
NOT_JSON = "redirected-validation-subject.json"  # holds comments: a part of their tests, not a badge
AT_HOME = "basic-assertion.json"  # what the picture's address answers


def site(given: bytes) -> dict[str, Answer]:
    """What example.org answers, with or without « .json »; the given document at its own address."""
    found: dict[str, Answer] = {}
    for file in (FOLDER / "assets").iterdir():
        media_type = "image/png" if file.suffix == ".png" else "application/ld+json"
        for scheme in ("http", "https"):
            for name in (file.name, file.stem):
                address = f"{scheme}://example.org/{name}"
                found[address] = Answer(address, 200, file.read_bytes(), media_type)
    document = (FOLDER / AT_HOME).read_text(encoding="utf-8")
    found |= served(json.loads(document)["id"], document)
    if given.startswith(b"{") and "id" in (read := json.loads(given)):
        found |= served(read["id"], given.decode())
    return found


@pytest.fixture(scope="module")
def vectors() -> dict[str, tuple[str | bytes, dict[str, Answer]]]:
    contents = {
        file.name: file.read_bytes() for file in FOLDER.iterdir() if file.is_file() and file.name != NOT_JSON
    }
    return {
        name: (content if name.endswith(".png") else content.decode().strip(), site(content))
        for name, content in contents.items()
    }


def test_every_vector_has_its_row(vectors):
    assert set(vectors) == set(VERDICTS)


def test_disagreements_are_known():
    assert {
        name for name, (theirs, own) in VERDICTS.items() if (theirs == VALID) != (own == AUTHENTIC)
    } == set(DISAGREEMENTS)


def test_this_project_says_so(vectors):
    assert {name: ours.verdict(given, documents) for name, (given, documents) in vectors.items()} == {
        name: own for name, (_theirs, own) in VERDICTS.items()
    }


def test_the_validator_of_1edtech_says_so(validator_core, vectors):
    found = validator_core([ob2_job(given, documents) for given, documents in vectors.values()])

    assert {name: verdict for name, (verdict, _why) in zip(vectors, found, strict=True)} == {
        name: theirs for name, (theirs, _own) in VERDICTS.items()
    }
