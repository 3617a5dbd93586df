"""The mail « Obtenir mon badge » of an award, as a row of the outbox."""

from badges.models import Assertion
from notifications.models import Message
from notifications.services import outbox


def invitation(assertion: Assertion, *, again: int = 0) -> Message:
    """The unsaved mail that carries the link of an award: one for each generation of the link, and for each `again`."""
    suffix = f":{again}" if again else ""
    return outbox.prepare(
        key=f"invitation:{assertion.uid}:{assertion.generation}{suffix}",
        kind="invitation",
        address=assertion.recipient_address,
        context={"assertion": str(assertion.uid), "generation": assertion.generation},
    )
