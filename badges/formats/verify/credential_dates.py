"""From when until when a credential holds (VCDM 2.0, section 4.9; VCDM 1.1, section 4.6)."""

from typing import Any

from badges.formats.reading import credential as reading
from badges.formats.reading.addresses import shown
from badges.formats.reading.moments import has_zone, moment
from badges.formats.reading.values import one
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import dates
from badges.formats.verify.session import Session

NAMES = ("validFrom", "validUntil", "issuanceDate", "expirationDate", "awardedDate")


def check(session: Session, credential: dict[str, Any]) -> None:
    """Puts expiry and beginning; they count whoever signed: a badge that says itself that it has ended has ended."""
    for name in NAMES:
        _check_written(session, name, one(credential.get(name)))
    dates.check(session, issued=reading.beginning(credential), expires=reading.end(credential))


def _check_written(session: Session, name: str, value: Any) -> None:
    if value is None:
        return
    if not isinstance(value, str) or moment(value) is None:
        session.report.bad(
            CheckId.DATES, "date-unreadable", Verdict.INVALID, property=name, value=shown(str(value))
        )
    elif not has_zone(value):
        session.report.unknown(CheckId.DATES, "zone-missing", property=name)
