"""A badge that was only claimed when it was kept, and that its issuer's own site proves afterwards."""

from badges.enums import Origin
from badges.formats.report import Facts, Report
from badges.models import Assertion
from badges.services.imports import known, rows
from badges.services.imports.pictures import Copied


def is_due(assertion: Assertion, report: Report) -> bool:
    """Whether `report` proves what the rows of `assertion` only claim."""
    return assertion.badge_class.issuer.origin == Origin.CLAIMED and known.is_proved(report)


def prove(assertion: Assertion, report: Report, facts: Facts, copied: Copied) -> None:
    """Brings a locked award to the rows of its issuer, with the words that were proved. Call it in a transaction."""
    rows.move(assertion, known.issuer_of(report, facts), facts, of_class=copied.of_class, shown=copied.shown)
