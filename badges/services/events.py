"""What happened to an award after it was sent: who did what, when; before and after. Nothing edits it."""

from accounts.models import User
from badges.enums import EventKind
from badges.models import Assertion, AwardEvent


def log(
    *, assertion: Assertion, kind: EventKind, by: User | None = None, before: str = "", after: str = ""
) -> AwardEvent:
    """Notes an event, in the caller's transaction. `by`: None for the recipient's link, and for a command."""
    event = event_of(assertion, kind, by=by, before=before, after=after)
    event.save(force_insert=True)
    return event


def event_of(
    assertion: Assertion, kind: EventKind, *, by: User | None = None, before: str = "", after: str = ""
) -> AwardEvent:
    """An unsaved event, for who notes many at once."""
    return AwardEvent(assertion=assertion, kind=kind, by=by, before=before[:254], after=after[:254])
