"""A list from end to end, for commands: read, judged, awarded, its mails queued."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from accounts.models import User
from badges.enums import LineOutcome
from badges.lists import Line
from badges.models import BadgeClass, Batch
from badges.services.chunking import Progress, silent
from badges.services.draft import as_line, draft_lines, require_published
from badges.services.judge import Judge
from badges.services.send import advance, confirm


@dataclass
class Report:
    """What became of a list. `invalid`: refused lines, each with its reason; `suspect`: those sent all the same."""

    created: int = 0
    already: int = 0
    duplicates: int = 0
    invalid: list[Line] = field(default_factory=list)
    suspect: list[Line] = field(default_factory=list)
    batch_id: int = 0


def issue(
    *,
    badge_class: BadgeClass,
    lines: Iterable[Line],
    source: str,
    by: User | None = None,
    progress: Progress = silent,
) -> Report:
    """Awards a badge to every valid line of a list and queues their mails.

    An address that has the badge already, or that the list repeats, gets nothing twice; every line keeps its outcome.
    Nothing is awarded when reading `lines` raises. Awarded chunk by chunk: if it is cut off, the worker goes on.
    `progress` is told how many of the lines are awarded. Raises NotPossible for a badge that is not published.
    """
    batch = draft_lines(badge_class=badge_class, lines=lines, source=source, by=by, asking=False)
    batch = confirm(batch=batch)
    total, done = batch.lines.filter(outcome=LineOutcome.READY).count(), 0
    while step := advance(batch):
        done += step
        progress(done, total)
    return _report(batch)


def examine(*, badge_class: BadgeClass, lines: Iterable[Line]) -> Report:
    """What `issue` would do now; nothing is written. Raises what it raises."""
    require_published(badge_class)
    report = Report()
    for verdict in Judge(badge_class).verdicts(lines):
        _count(report, verdict.outcome, 1)
        _keep(report, verdict.line, verdict.outcome)
    return report


def _report(batch: Batch) -> Report:
    report = Report(batch_id=batch.pk)
    for outcome, count in batch.lines.values_list("outcome").annotate(Count("pk")).order_by():
        _count(report, outcome, count)
    told = batch.lines.filter(outcome__in=[LineOutcome.INVALID, LineOutcome.IGNORED]) | batch.lines.exclude(
        proposal=""
    )
    for row in told.order_by("number"):
        _keep(report, as_line(row), row.outcome)
    return report


def _count(report: Report, outcome: str, count: int) -> None:
    match outcome:
        case LineOutcome.READY | LineOutcome.CREATED:
            report.created += count
        case LineOutcome.ALREADY:
            report.already += count
        case LineOutcome.DUPLICATE | LineOutcome.SHARED:
            report.duplicates += count


def _keep(report: Report, line: Line, outcome: str) -> None:
    if outcome in {LineOutcome.INVALID, LineOutcome.IGNORED}:
        report.invalid.append(line)
    elif line.proposal and outcome in {LineOutcome.READY, LineOutcome.CREATED}:
        report.suspect.append(line)
