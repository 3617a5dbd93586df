"""What the page « Vérifier un badge » does with what it is given. Nothing is kept."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.exceptions import NotPossible
from badges.formats import containers
from badges.formats.errors import FormatError
from badges.formats.found import Found
from badges.formats.report import CheckId, Report, Verdict
from badges.models import Assertion
from badges.services.imports.read import Given
from badges.verification import own_badge
from badges.verification.judge import judge_found, unread
from badges.verification.ours import Ours
from badges.verification.page import Judged, has, judged
from badges.verification.sources import Files, Network
from badges.verification.turns import Turn
from passport.lib.fetch.deadline import Deadline

# Seconds in which all documents are read, and of the whole; badges of one file that are judged.
SECONDS, SECONDS_IN_ALL, MOST = 10.0, 18.5, 5


@dataclass(frozen=True)
class Verified:
    """`given`: its name or its address, and the SHA-256 of a file or text. `award`: of this site, when one was named.
    `is_read`: whether a badge was found at all. `left`: badges of the file that were not looked at."""

    given: str
    sha256: str
    at: datetime
    badges: list[Judged]
    is_read: bool = True
    left: int = 0
    award: Assertion | None = None


def verify(given: Given, *, viewer, recipient: str = "") -> Verified:
    """Judges a file, a text, an address, or a badge of this site by its code. `recipient`: an address that must be its.

    Raises NotPossible for a code or page of this site that leads `viewer` nowhere; Busy when too many wait already;
    sealing.SecretLost for a badge that could not be signed.
    """
    try:
        award = own_badge.named(given.content.decode(), viewer) if given.is_text else None
        if award is None:
            return _verified(given, given.content, recipient)
        if own_badge.is_hushed(award, viewer):
            return _hushed(award)
        said = own_badge.statement(award)
    except Http404 as nothing:
        raise NotPossible(_no_such_badge()) from nothing
    content = said.encode() if isinstance(said, str) else said
    return _verified(Given(award.printed_code, content), content, recipient, award=award)


def _verified(given: Given, content: bytes, recipient: str, award: Assertion | None = None) -> Verified:
    digest, now = "" if given.is_text or award else sha256(content).hexdigest(), timezone.now()
    deadline = Deadline(SECONDS_IN_ALL)
    with Turn(Network(seconds=SECONDS)) as turn:
        try:
            found = containers.find(content)
        except FormatError as refusal:
            seen = judged(unread(refusal), content, turn, deadline)
            return Verified(given.label, digest, now, [seen], is_read=False)
        reports = _reports(found[:MOST], [recipient] if recipient else [], turn, deadline)
        # When all are judged: drawing pictures takes time that others may have needed.
        badges = [judged(report, content, turn, deadline) for report in reports]
    return Verified(given.label, digest, now, badges, left=len(found) - len(badges), award=award)


def _hushed(award: Assertion) -> Verified:
    """That it was revoked: of a badge of this site no more is left to read either."""
    report = Report()
    report.bad(CheckId.STATUS, "revoked", Verdict.REVOKED)
    with Turn(Files({})) as turn:
        seen = judged(report, b"", turn, Deadline(SECONDS_IN_ALL))
    return Verified(award.printed_code, "", timezone.now(), [seen], award=award)


def _reports(found: list[Found], recipients: list[str], turn: Turn, deadline: Deadline) -> list[Report]:
    """One each; fewer when the first ones took the time."""
    reports: list[Report] = []
    for one in found:
        if reports and not has(deadline, SECONDS):
            break
        reports.append(judge_found(one, recipients=recipients, documents=Ours(turn)))
    return reports


def _no_such_badge() -> str:
    """One sentence: nobody learns from it which codes exist."""
    return _(
        "This site shows no badge under this code or address. Check it, or ask the badge’s holder for the file of "
        "the badge, which can always be verified here."
    )
