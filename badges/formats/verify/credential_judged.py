"""How a part of a credential comes out when it is not good, and how parts are tried aside."""

from dataclasses import replace

from badges.formats.errors import FormatError, Unreachable
from badges.formats.report import CheckId, Report, Verdict
from badges.formats.verify.session import Session

UNDECIDED = frozenset({Verdict.UNREACHABLE, Verdict.UNVERIFIABLE})


class Judged(Exception):
    """A part is not good: which check says so, and what the verdict can be no better than."""

    def __init__(self, check: CheckId, finding: Verdict, code: str, **params: str):
        super().__init__(code)
        self.check = check
        self.finding = finding
        self.code = code
        self.params = params


Bad = FormatError | Unreachable | Judged
BAD = (FormatError, Unreachable, Judged)


def put(report: Report, check: CheckId, bad: Bad) -> None:
    """Puts what was raised in the report: as it judged itself, unreachable, or else invalid under `check`."""
    if isinstance(bad, Judged) and bad.finding not in UNDECIDED:
        report.bad(bad.check, bad.code, bad.finding, **bad.params)
    elif isinstance(bad, Judged):
        report.unknown(bad.check, bad.code, bad.finding, **bad.params)
    elif isinstance(bad, Unreachable):
        report.unknown(check, bad.code, Verdict.UNREACHABLE, **bad.params)
    else:
        report.bad(check, bad.code, Verdict.INVALID, **bad.params)


def aside(session: Session) -> Session:
    """A session with checks and findings of its own; what was read is still shared and counted."""
    return replace(session, report=Report(reads=session.report.reads, copies=session.report.copies))
