"""A picture may carry a badge twice, for readers of 2.0 and of 3.0: it must be one badge."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from badges.formats import jsons, jws
from badges.formats.errors import FormatError
from badges.formats.found import Found, Kind
from badges.formats.reading.moments import moment
from badges.formats.reading.values import one, text
from badges.formats.report import CheckId, Facts, Report, Verdict

A_DAY = timedelta(days=1)  # one of the two may say the day alone


@dataclass(frozen=True)
class Other:
    """What the 2.0 badge of a picture says; its name is only known when its class is embedded."""

    name: str
    issued_at: datetime | None


def check(report: Report, found: Found) -> None:
    """The 3.0 badge was judged; the other may not contradict it."""
    if found.also is None:
        return
    other = _read(found.also)
    if other is None or (report.facts and _contradicts(other, report.facts)):
        report.bad(CheckId.CONTAINER, "both-differ", Verdict.INVALID)
    else:
        report.good(CheckId.CONTAINER, "both-agree")


def _contradicts(other: Other, facts: Facts) -> bool:
    if other.name and facts.name and other.name.casefold() != facts.name.casefold():
        return True
    return bool(other.issued_at and facts.issued_at and abs(other.issued_at - facts.issued_at) > A_DAY)


def _read(found: Found) -> Other | None:
    """None for what cannot be read. An address says nothing."""
    if found.kind is Kind.ADDRESS:
        return Other("", None)
    try:
        document = jsons.read(jws.read(found.text).payload if found.kind is Kind.JWS else found.text)
    except FormatError:
        return None
    return _of(document) if isinstance(document, dict) else None


def _of(document: dict[str, Any]) -> Other:
    badge = one(document.get("badge"))
    name = text(badge.get("name")) if isinstance(badge, dict) else ""
    return Other(name, moment(one(document.get("issuedOn"))))
