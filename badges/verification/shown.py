"""What a page says of a report: the verdict in words, and every check on a line."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from badges.formats.reading import addresses
from badges.formats.report import Check, CheckId, Report, Verdict
from badges.verification.words import message
from badges.verification.words.verdicts import WORDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DID_WEB = "did:web:"
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
    """The site that an issuer's identifier names: the host of an address or of a did:web; empty for others."""
    if issuer_id.startswith(DID_WEB):
        return unquote(issuer_id.removeprefix(DID_WEB).partition(":")[0]).lower()
    return addresses.authority(issuer_id)


def _sentence(check: Check) -> str:
    try:
        return message(check)
    except KeyError:
        return ""
