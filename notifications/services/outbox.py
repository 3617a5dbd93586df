from django.db.models import Q
from django.utils import timezone

from notifications.enums import WAITING, MessageState, Priority
from notifications.models import Message
from notifications.querysets import MessageQuerySet
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


def hold(messages: MessageQuerySet) -> int:
    """Keeps waiting mails from leaving, but those that a worker has in hand."""
    return _in_no_hand(messages.filter(state=MessageState.QUEUED)).update(state=MessageState.HELD)


def release(messages: MessageQuerySet) -> int:
    """Held mails wait for a worker again."""
    return messages.filter(state=MessageState.HELD).update(state=MessageState.QUEUED)


def cancel(messages: MessageQuerySet) -> int:
    """Waiting and held mails never leave, but those that a worker has in hand."""
    waiting = messages.filter(state__in=WAITING)
    return _in_no_hand(waiting).update(state=MessageState.CANCELLED)


def _in_no_hand(messages: MessageQuerySet) -> MessageQuerySet:
    return messages.filter(Q(leased_until=None) | Q(leased_until__lt=timezone.now()))
