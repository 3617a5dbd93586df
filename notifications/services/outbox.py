from collections.abc import Iterable

from notifications.enums import Priority
from notifications.models import Message
from notifications.registry import renderers


def queue(
    *, key: str, kind: str, address: str, context: dict | None = None, priority: int = Priority.ORDINARY
) -> Message:
    """Writes one mail to the outbox, in the caller's transaction. The same `key` twice is the same mail."""
    message = prepare(key=key, kind=kind, address=address, context=context, priority=priority)
    return Message.objects.get_or_create(
        key=message.key,
        defaults={"kind": kind, "address": address, "context": message.context, "priority": priority},
    )[0]


def prepare(
    *, key: str, kind: str, address: str, context: dict | None = None, priority: int = Priority.BULK
) -> Message:
    """An unsaved message, for `queue_all`."""
    if kind not in renderers:
        raise ValueError(f"No renderer is registered for the kind of message {kind!r}.")
    return Message(key=key, kind=kind, address=address, context=context or {}, priority=priority)


def queue_all(messages: Iterable[Message]) -> None:
    """Writes many mails at once, in the caller's transaction; keys that are already there are left as they are."""
    Message.objects.bulk_create(messages, batch_size=500, ignore_conflicts=True)
