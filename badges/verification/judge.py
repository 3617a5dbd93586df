"""A verdict on what somebody gives: the one door for the verifier's page, the command and imports."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from badges.formats import containers
from badges.formats.documents import Documents
from badges.formats.errors import FormatError
from badges.formats.found import Found
from badges.formats.report import CheckId, Report, Verdict
from badges.formats.verify import verify
from badges.verification.ours import Ours
from badges.verification.sources import Network

# There is no badge to be judged; with every other code of `containers.find` there is one, and it cannot be read.
NO_BADGE = {"file-unknown", "no-badge"}


def judge(
    given: bytes | str,
    *,
    at: datetime | None = None,
    recipients: Sequence[str] = (),
    documents: Documents | None = None,
) -> Report:
    """The report on a file's bytes, a text or an address; on the first badge where a file holds several.

    `at`: the moment of the verdict, now by default. `recipients`: identifiers of which one must be the badge's.
    `documents`: this site and the network by default. Raises nothing for any input.
    """
    raw = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else given
    try:
        found = containers.find(raw)[0]
    except FormatError as refusal:
        return unread(refusal)
    return judge_found(found, at=at, recipients=recipients, documents=documents)


def judge_found(
    found: Found,
    *,
    at: datetime | None = None,
    recipients: Sequence[str] = (),
    documents: Documents | None = None,
) -> Report:
    """The same for a badge that `containers.find` has found."""
    now = timezone.now()
    report = verify(found, documents=documents or Ours(Network()), at=at or now, recipients=recipients)
    # The library knows no clock but `at`: documents were read now, whatever the moment that is judged.
    report.reads = [replace(read, at=now) for read in report.reads]
    return report


def unread(refusal: FormatError) -> Report:
    """The report on what `containers.find` refused."""
    report = Report()
    finding = Verdict.NOT_A_BADGE if refusal.code in NO_BADGE else Verdict.INVALID
    report.bad(CheckId.CONTAINER, refusal.code, finding, **refusal.params)
    return report
