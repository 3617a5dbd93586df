"""French is complete, compiled and typeset; nothing is said that code does not say."""

import os
import re
import shutil
import subprocess
import sys

import polib
import pytest

from tests.code import ROOT

CATALOGUE = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
PLAIN_SPACE = re.compile(r" [:;!?»](?!\w)| %(?!\()|«[ ](?=\S)")
STRAIGHT_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_«])")
FRENCH = re.compile(r"[àâçéèêëîïôùûœÀÉÈÊ«»]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def texts(entry) -> list[str]:
    return [entry.msgstr, *entry.msgstr_plural.values()]


def test_everything_is_translated(catalogue):
    assert len(catalogue) > 100
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_what_is_compiled_is_what_is_written(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    assert {(entry.msgctxt, entry.msgid): texts(entry) for entry in compiled} == {
        (entry.msgctxt, entry.msgid): texts(entry) for entry in catalogue
    }


def untypeset(text: str) -> bool:
    text = re.sub(r"<[^>]*>|https?://\S+", "", text)
    return bool(PLAIN_SPACE.search(text) or STRAIGHT_APOSTROPHE.search(text))


def test_french_is_typeset(catalogue):
    assert [text for entry in catalogue for text in texts(entry) if untypeset(text)] == []


@pytest.mark.parametrize("text", ["Nom :", "Vraiment ?", "« mot »", "l'émetteur", "Vous ! Oui"])
def test_typewriter_french_is_seen(text):
    assert untypeset(text)


@pytest.mark.parametrize(
    "text", ["Nom\u00a0:", "Vraiment\u202f?", "«\u00a0mot\u00a0»", "l’émetteur", "à 10:30"]
)
def test_good_french_passes(text):
    assert not untypeset(text)


def test_what_code_says_is_english(catalogue):
    assert [entry.msgid for entry in catalogue if FRENCH.search(entry.msgid)] == []


def test_translations_fill_the_same_gaps(catalogue):
    """A plural may leave the number out (« un badge »); nothing else is lost or invented."""
    for entry in catalogue:
        wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in texts(entry):
            found = set(PLACEHOLDER.findall(text))
            assert found <= wanted, entry.msgid
            assert not text or wanted - found <= (
                {"count", "number", "counter"} if entry.msgid_plural else set()
            ), entry.msgid


def test_nothing_exclaims_but_the_two_sentences_that_everybody_knows(catalogue):
    exclaiming = {text for entry in catalogue for text in texts(entry) if "!" in text}

    assert [
        text
        for text in exclaiming
        if not text.startswith(("Vous avez reçu un badge", "Affichez vos connaissances"))
    ] == []


def test_the_catalogue_holds_what_code_and_templates_say():
    if not shutil.which("xgettext"):
        if os.environ.get("PASSPORT_REQUIRE_BROWSER"):
            pytest.fail("gettext is missing: apt install gettext")
        pytest.skip("gettext is not installed")

    answer = subprocess.run(
        [sys.executable, ROOT / ".ci" / "translations.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (answer.stdout.strip(), answer.returncode) == ("", 0), answer.stderr
