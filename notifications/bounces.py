"""Delivery reports of mail servers (RFC 3464): what became of which mail. Nothing is believed yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses
from enum import IntEnum

TO_HEADERS = ["To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"]

STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
RETURNED_TYPES = {"message/rfc822", "message/global", "message/rfc822-headers", "message/global-headers"}


class Fate(IntEnum):
    """In the order of what counts when a report says several things."""

    DELAYED = 0
    DELIVERED = 1
    FAILED = 2


FATES = {
    "delayed": Fate.DELAYED,
    "delivered": Fate.DELIVERED,
    "relayed": Fate.DELIVERED,
    "failed": Fate.FAILED,
}


@dataclass(frozen=True)
class Report:
    """`addresses` and `message_ids` are what may name the mail: where the report came to, what was returned in it."""

    fate: Fate
    reason: str
    addresses: tuple[str, ...]
    message_ids: tuple[str, ...]


def read(raw: bytes) -> Report | None:
    """None for whatever is no report of delivery: an answer of an absent person, an ordinary mail, rubbish."""
    try:
        return _read(message_from_bytes(raw, policy=policy.compat32))
    except (ValueError, LookupError, TypeError, AttributeError):
        return None  # not even a mail


def _read(mail: Message) -> Report | None:
    told = [(fate, reason) for block in _blocks(mail) for fate, reason in _told(block)]
    if not told:
        return None
    fate, reason = max(told, key=lambda pair: pair[0])
    returned = list(_returned(mail))
    addresses = _addresses([mail], TO_HEADERS) + _addresses(returned, ["Return-Path"])
    message_ids = _words(returned, "Message-ID") + _words([mail], "In-Reply-To")
    return Report(fate, reason, tuple(addresses), tuple(message_ids))


def _blocks(mail: Message) -> Iterator[Message]:
    """The groups of fields of the part that machines read: one of the mail, then one for each recipient."""
    for part in mail.walk():
        if part.get_content_type() in STATUS_TYPES:
            yield from _inner(part)


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _told(block: Message) -> Iterator[tuple[Fate, str]]:
    action = _line(block.get("Action")).split("(")[0].strip().lower()
    if action in FATES:
        status = _line(block.get("Status")).split(" ")[0]
        said = _line(block.get("Diagnostic-Code")).partition(";")[2].strip()
        yield FATES[action], said if status in said else f"{status} {said}".strip()


def _returned(mail: Message) -> Iterator[Message]:
    """The mail that came back, whole or its headers alone."""
    for part in mail.walk():
        if part.get_content_type() in RETURNED_TYPES:
            yield from _inner(part)
        elif part.get_content_type() == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            yield message_from_bytes(headers if isinstance(headers, bytes) else b"", policy=policy.compat32)


def _addresses(mails: list[Message], names: list[str]) -> list[str]:
    values = [str(value) for mail in mails for name in names for value in mail.get_all(name, [])]
    return [address for _name, address in getaddresses(values) if address]


def _words(mails: list[Message], name: str) -> list[str]:
    return [word for mail in mails for value in mail.get_all(name, []) for word in str(value).split()]


def _line(value: object) -> str:
    return " ".join(str(value or "").split())
