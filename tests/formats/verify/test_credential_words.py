"""Every code that a verification of Open Badges 3.0 may end with has its sentence, in French too."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from badges.formats.report import Report
from badges.verification import words
from tests.formats.verify.credentials import ISSUER, award, listed, profile, proved, site, token, verified

ROOT = Path(__file__).parents[3]
MODULES = [*sorted((ROOT / "badges/formats/verify").glob("credential*.py")), ROOT / "badges/formats/did.py"]
# What looks like a code and is none: names of formats.
NO_CODES = {"ob3-jwt", "ob3-proof", "well-known"}


def codes() -> set[str]:
    found = {
        code for path in MODULES for code in re.findall(r'"([a-z]+[0-9]*(?:-[a-z0-9]+)+)"', path.read_text())
    }
    return found - NO_CODES


def test_codes_are_found():
    assert {"key-not-listed", "status-list-refused", "did-refused", "no-proof"} <= codes()
    assert len(codes()) > 50


@pytest.mark.parametrize("code", sorted(codes() | {"key-revoked", "key-expires"}))
def test_a_code_has_a_sentence_in_both_languages(code):
    with translation.override("en"):
        english = str(words.SENTENCES[code])
    with translation.override("fr"):
        french = str(words.SENTENCES[code])

    assert french != english
    assert set(re.findall(r"%\(\w+\)s", french)) == set(re.findall(r"%\(\w+\)s", english))


@pytest.mark.parametrize(
    "report",
    [
        verified(proved(award(credentialStatus=listed()))),
        verified(token(award(credentialStatus=listed()))),
        verified(proved(award()), {}),
        verified(proved(award()), site(ISSUER=profile("x"))),
        verified(award(issuer="x", type=["VerifiableCredential", "EndorsementCredential"])),
        verified(token(award(), iss=f"{ISSUER}0"), recipients=["bob@example.org"]),
    ],
)
def test_the_gaps_of_sentences_are_filled(report: Report):
    said = [words.message(check) for check in report.checks]

    assert said
    assert not any("%(" in sentence for sentence in said)
