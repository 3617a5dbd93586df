"""The lines of a draft as its page shows them."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from badges.enums import LineOutcome
from badges.lists import refusal
from badges.models import Batch, BatchLine
from passport.lib.typography import grouped

TO_CORRECT = "corriger"
CORRECTABLE = [LineOutcome.INVALID, LineOutcome.SUSPECT]
LEFT_OUT = [*CORRECTABLE, LineOutcome.SHARED, LineOutcome.DUPLICATE, LineOutcome.IGNORED]
KINDS = {LineOutcome.READY: "ok", LineOutcome.INVALID: "no", LineOutcome.SUSPECT: "no"}


@dataclass(frozen=True)
class Finding:
    """What a line will do, in words, and its colour."""

    line: BatchLine
    text: str
    kind: str

    @property
    def is_suspect(self) -> bool:
        return self.line.outcome == LineOutcome.SUSPECT

    @property
    def is_correctable(self) -> bool:
        """Whether another address can mend it: what is wrong with its day cannot be mended here."""
        line = self.line
        return line.outcome in CORRECTABLE and (self.is_suspect or bool(refusal(line.value, line.name)))


def totals(batch: Batch) -> dict[str, int]:
    """How many lines of each outcome, of all, and of those that can be corrected; one query."""
    found = dict(batch.lines.values_list("outcome").annotate(Count("pk")).order_by())
    counts: dict[str, int] = {outcome.value: found.get(outcome.value, 0) for outcome in LineOutcome}
    return counts | {"all": sum(found.values()), TO_CORRECT: sum(found.get(o.value, 0) for o in CORRECTABLE)}


def in_state(batch: Batch, state: str) -> QuerySet[BatchLine]:
    outcomes = CORRECTABLE if state == TO_CORRECT else [state]
    return batch.lines.filter(outcome__in=outcomes).order_by("number")


def left_out(batch: Batch) -> QuerySet[BatchLine]:
    return batch.lines.filter(outcome__in=LEFT_OUT).order_by("number")


def states() -> dict[str, str]:
    """What the page can show, by the value that its address carries."""
    return {
        TO_CORRECT: _("Lines to correct"),
        LineOutcome.READY.value: _("Ready lines"),
        LineOutcome.SHARED.value: _("People with the address of another"),
        LineOutcome.ALREADY.value: _("People who have it already"),
        LineOutcome.DUPLICATE.value: _("Duplicates"),
        LineOutcome.IGNORED.value: _("Lines left out because of their status"),
    }


def finding(line: BatchLine) -> Finding:
    outcome = LineOutcome(line.outcome)
    return Finding(line, _words(line, outcome), KINDS.get(outcome, "late"))


def _words(line: BatchLine, outcome: LineOutcome) -> str:
    if outcome == LineOutcome.SUSPECT:
        written, meant = (address.rpartition("@")[2] for address in (line.value, line.proposal))
        return _("“%(written)s”: did you mean %(meant)s?") % {"written": written, "meant": meant}
    return {
        LineOutcome.READY: _("ready"),
        LineOutcome.SHARED: _("same address as another person of the list"),
        LineOutcome.ALREADY: _("already a holder, left alone"),
        LineOutcome.DUPLICATE: _("a duplicate, counted once"),
    }.get(outcome, line.reason)


def description(batch: Batch, total: int) -> str:
    """The list as it was read: « x.csv », 1 000 lignes, séparateur « ; », cp1252."""
    reading = batch.reading
    counted = ngettext("%(count)s line", "%(count)s lines", total)
    parts = [
        _("List “%(source)s”") % {"source": batch.source},
        counted % {"count": grouped(total)},
        _("separator “%(sign)s”") % {"sign": reading["separator"]} if reading.get("separator") else "",
        _("sheet “%(name)s”") % {"name": reading["sheet"]} if reading.get("sheet") else "",
        _("encoding %(name)s") % {"name": reading["encoding"]} if reading.get("separator") else "",
        _("columns of “%(name)s”") % {"name": reading["preset"]} if reading.get("preset") else "",
    ]
    return ", ".join(part for part in parts if part)
