"""Sentences for the codes of `badges.formats`, by subject. They say what is so and, where it helps, what to do next."""

from typing import TYPE_CHECKING

from badges.formats.report import Check
from badges.verification.words import credentials, fetching, files, hosted, proofs

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SENTENCES: dict[str, "StrOrPromise"] = {
    **credentials.SENTENCES,
    **fetching.SENTENCES,
    **files.SENTENCES,
    **hosted.SENTENCES,
    **proofs.SENTENCES,
}


def sentence(code: str, params: dict[str, str]) -> str:
    """The sentence of a code in the language of the site. Raises KeyError for a code without one: tests see to it."""
    return str(SENTENCES[code]) % params


def message(check: Check) -> str:
    return sentence(check.code, check.params)
