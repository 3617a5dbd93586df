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
    """An unsaved message, for who writes many at once."""
    if kind not in renderers:
        raise ValueError(f"No renderer is registered for the kind of message {kind!r}.")
    return Message(key=key, kind=kind, address=address, context=context or {}, priority=priority)
