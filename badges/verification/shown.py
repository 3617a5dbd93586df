"""What a page says of a report: the verdict in words, and every check on a line."""

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import idna

from badges.formats import did
from badges.formats.errors import FormatError
from badges.formats.reading import addresses
from badges.formats.report import Check, CheckId, Report, Verdict
from badges.verification.words import message
from badges.verification.words.verdicts import WORDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DID_WEB = "did:web:"
LATIN = re.compile(r"LATIN SMALL (LETTER ([A-Z]|AE|SHARP S)( WITH .+)?|LIGATURE OE)")
# With one of these on the table nothing that the badge says is proved, whatever the verdict that outweighs it.
UNPROVED = {
    Verdict.NOT_A_BADGE, Verdict.INVALID, Verdict.MODIFIED, Verdict.UNREACHABLE, Verdict.UNVERIFIABLE
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """`ok` is None where nothing can be said."""

    ok: bool | None
    sentence: str


def word(verdict: str) -> "StrOrPromise":
    return WORDS[Verdict(verdict)].label


def meaning(verdict: str) -> "StrOrPromise":
    return WORDS[Verdict(verdict)].meaning


def lines(report: Report, *, but: CheckId | None = None) -> list[Line]:
    """Every check in words, but those of one kind. A kept report may have a code that has no words any more."""
    return [
        Line(check.ok, sentence)
        for check in report.checks
        if check.id != but and (sentence := _sentence(check))
    ]


def trouble(report: Report) -> str:
    """The first thing that is wrong or not known; empty when there is none."""
    found = sorted((check for check in report.checks if not check.ok), key=lambda check: check.ok is None)
    return next((sentence for check in found if (sentence := _sentence(check))), "")


def is_proved(report: Report) -> bool:
    """Whether what the badge says is proved: by all findings, for one may outweigh another (over, and never proved)."""
    return report.facts is not None and not report.findings & UNPROVED


def site(issuer_id: str) -> str:
    """The site that an issuer's identifier names: the host of an address or of a did:web; empty for others.

    In A-labels (RFC 5891) unless all its letters are Latin: those of another script pass for others.
    """
    found = _authority(issuer_id)
    return found if all(_is_plain(letter) for letter in found) else _in_a_labels(found)


def same_site(one: str, other: str) -> bool:
    """Whether two identifiers name one site, however it is spelled."""
    left, right = (_in_a_labels(_authority(identifier)) for identifier in (one, other))
    return left != "" and left == right


def _authority(identifier: str) -> str:
    try:
        address = did.web_address(identifier) if identifier.startswith(DID_WEB) else identifier
    except FormatError:
        return ""
    return addresses.authority(address)


def _is_plain(letter: str) -> bool:
    return letter.isascii() or LATIN.fullmatch(unicodedata.name(letter, "")) is not None


def _in_a_labels(authority: str) -> str:
    """Empty for what is no name of a host."""
    if authority.isascii():
        return authority
    name, colon, port = authority.partition(":")
    try:
        return idna.encode(name, uts46=True).decode("ascii") + colon + port
    except idna.IDNAError:
        return ""


def _sentence(check: Check) -> str:
    try:
        return message(check)
    except KeyError:
        return ""
