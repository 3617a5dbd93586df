"""The history of an award in words, and where its last mail is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from badges.enums import EventKind, LineOutcome, RevocationReason
from badges.models import Assertion, AwardEvent, BatchLine

# What the recipient does, by the link of an e-mail.
BY_LINK = {EventKind.FORWARDED, EventKind.UNSUBSCRIBED}
MOST = 200


@dataclass(frozen=True)
class Entry:
    at: datetime
    what: str
    who: str
    before: str
    after: str


def history_of(assertion: Assertion) -> list[Entry]:
    """The last events, the newest first, in one query."""
    events = assertion.events.select_related("by__profile")[:MOST]
    return [_entry(event) for event in events]


def mail_of(assertion: Assertion) -> BatchLine | None:
    """The line that carries the last mail about the award, with its list."""
    lines = BatchLine.objects.filter(assertion=assertion, outcome=LineOutcome.CREATED)
    return lines.select_related("message", "batch").first()


def _entry(event: AwardEvent) -> Entry:
    kind = EventKind(event.kind)
    return Entry(
        event.at,
        str(kind.label),
        _who(event, kind),
        _in_words(kind, event.before),
        _in_words(kind, event.after),
    )


def _who(event: AwardEvent, kind: EventKind) -> str:
    if kind in BY_LINK:
        return _("the person, by the link")
    return event.by.name if event.by else "–"


def _in_words(kind: EventKind, value: str) -> str:
    if kind == EventKind.REVOKED and value in RevocationReason.values:
        return str(RevocationReason(value).label)
    if kind in {EventKind.EXPIRY, EventKind.REISSUED}:
        return _day(value)
    return value


def _day(value: str) -> str:
    """A day that was noted in ISO 8601; a code of an award stays as it is."""
    try:
        day = parse_date(value)
    except ValueError:
        return value
    return date_format(day, "DATE_FORMAT") if day else value
