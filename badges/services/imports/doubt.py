"""A kept badge that its issuer proves no more: others see it no more, and it leaves the rows of that issuer."""

from badges.enums import EventKind, Origin, Visibility
from badges.formats.report import Facts, Report, Verdict
from badges.models import Assertion, ImportedBadge
from badges.services import change
from badges.services.events import log
from badges.services.imports import known, rows

# What speaks against a badge, whatever else was found or not found.
REFUTING = {Verdict.NOT_A_BADGE, Verdict.INVALID, Verdict.MODIFIED}


def is_refuted(assertion: Assertion) -> bool:
    """Whether the last verification of an award from elsewhere speaks against it: it is shown to nobody else."""
    imported = ImportedBadge.objects.filter(assertion=assertion, verdict__in=REFUTING)
    return not assertion.badge_class.issuer.is_here and imported.exists()


def hide(assertion: Assertion, verdict: Verdict) -> None:
    """Takes a locked award out of the sight of others, when `verdict` speaks against it. Call it in a transaction."""
    before = assertion.visibility
    if verdict in REFUTING and before != Visibility.PRIVATE:
        change.write(assertion, visibility=Visibility.PRIVATE)
        log(assertion=assertion, kind=EventKind.HIDDEN, before=before, after=verdict)


def is_due(assertion: Assertion, report: Report) -> bool:
    """Whether an award is in the rows of an issuer that was asked and does not prove it; silence says nothing."""
    if assertion.badge_class.issuer.origin != Origin.ELSEWHERE or known.is_proved(report):
        return False
    silent = Verdict.UNREACHABLE in report.findings or any(read.status is None for read in report.reads)
    # What is withdrawn is out of all lists, and its document says nothing else.
    return Verdict.REVOKED not in report.findings and (bool(report.findings & REFUTING) or not silent)


def detach(assertion: Assertion, report: Report, facts: Facts) -> None:
    """Brings a locked award to rows of its own, which only claim to be of that issuer. Call it in a transaction."""
    image = assertion.recognises.image
    rows.move(assertion, known.issuer_of(report, facts), facts, of_class=image, shown=image)
