"""Whether a badge is in force at the moment of the verdict."""

from datetime import datetime, timedelta

from badges.formats.report import CheckId, Verdict
from badges.formats.verify.session import Session

LEEWAY = timedelta(minutes=5)  # clocks of issuers differ from ours


def check(session: Session, *, issued: datetime | None, expires: datetime | None) -> None:
    """From the moment of issue to the one of expiry, with five minutes of leeway; None where the badge says nothing."""
    report, before = session.report, len(session.report.checks)
    if issued and expires and expires < issued:
        report.bad(CheckId.DATES, "dates-crossed", Verdict.INVALID)
    if expires and expires < session.at - LEEWAY:
        report.bad(CheckId.DATES, "date-expired", Verdict.EXPIRED, date=expires.date().isoformat())
    if issued and issued > session.at + LEEWAY:
        report.bad(CheckId.DATES, "date-future", Verdict.NOT_YET_VALID, date=issued.date().isoformat())
    if len(report.checks) == before:
        report.good(CheckId.DATES, "dates-good")
