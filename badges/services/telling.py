"""Tells a holder that the issuer changed their badge: a mail to their account, written with the change."""

from badges.enums import EventKind
from badges.models import Assertion, AwardEvent
from notifications.enums import Priority
from notifications.models import Message
from notifications.services import outbox

KINDS = {
    EventKind.RENAMED: "award-renamed",
    EventKind.EXPIRY: "award-expiry",
    EventKind.REISSUED: "award-expiry",
    EventKind.REVOKED: "award-revoked",
}


def tell(event: AwardEvent) -> None:
    """Queues the mail of an event, when the badge is held: who has not accepted knows of no badge yet."""
    if mail := letter(event.assertion, event):
        mail.save(force_insert=True)


def letter(assertion: Assertion, event: AwardEvent) -> Message | None:
    """The unsaved mail of a saved event; None for an award that nobody holds. It goes to the account's own address."""
    if assertion.holder is None:
        return None
    mail = outbox.prepare(
        key=f"{KINDS[EventKind(event.kind)]}:{assertion.uid}:{event.pk}",
        kind=KINDS[EventKind(event.kind)],
        address=assertion.holder.email,
        context={"event": event.pk},
    )
    mail.priority = Priority.ORDINARY
    return mail
