"""Dates as issuers write them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

# ISO 8601, basic and extended: a month, a day, or a moment to the minute, second or fraction of either.
ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d{2})(?:-?(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?(?:[.,]\d{1,9})?"
    r"(?P<zone>Z|z|[+-]\d{2}(?::?\d{2})?)?)?)?",
    re.ASCII,
)
EPOCH = re.compile(r"\d{9,10}(?:\.\d{1,6})?", re.ASCII)
LAST_EPOCH = 32_503_680_000  # the year 3000


def moment(value: Any) -> datetime | None:
    """A moment in UTC from ISO 8601 or seconds since 1970 (number or text: Open Badges 1.0); None for anything else.

    A date without time is the start of its day; a time without zone is taken as UTC.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and EPOCH.fullmatch(value)):
        return _of_epoch(float(value))
    match = ISO.fullmatch(value) if isinstance(value, str) else None
    return _of_parts(match) if match else None


def is_iso(value: Any) -> bool:
    """Whether it is a moment in ISO 8601, the only form of Open Badges 2.0."""
    return isinstance(value, str) and ISO.fullmatch(value) is not None and moment(value) is not None


def has_zone(value: Any) -> bool:
    """Whether a text says in which zone its time is (Open Badges 2.0, DateTime)."""
    match = ISO.fullmatch(value) if isinstance(value, str) else None
    return bool(match and match["zone"])


def _of_epoch(seconds: float) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if 0 <= seconds < LAST_EPOCH else None


def _of_parts(match: re.Match[str]) -> datetime | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"] or 1)
    # A leap second is the last ordinary one of its minute.
    hour, minute, second = (
        int(match["hour"] or 0),
        int(match["minute"] or 0),
        min(int(match["second"] or 0), 59),
    )
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match["zone"])).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> timezone:
    if not text or text in "Zz":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:] if len(text) > 3 else 0)
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
