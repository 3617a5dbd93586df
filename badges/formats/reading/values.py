"""Values of foreign documents, where every property may be a string, an object or a list."""

import re
from typing import Any

from badges.formats.reading import addresses

NAME, TEXT, MOST = 300, 5000, 100
PICTURE = re.compile(r"data:image/(?:png|svg\+xml|jpeg|gif|webp)[;,]", re.IGNORECASE)
LINES = re.compile(r"\r\n?")
# Control characters but tab and LF, and marks that turn the direction of what follows: a name could pass for another.
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def many(value: Any, most: int = MOST) -> list[Any]:
    """The values of a property: none, one or several, at most `most`."""
    if value is None:
        return []
    return value[:most] if isinstance(value, list) else [value]


def one(value: Any) -> Any:
    """The first of the values of a property; None when there is none."""
    return next(iter(many(value)), None)


def is_given(value: Any) -> bool:
    """Whether a property says anything: absent, null, empty text and empty list are the same."""
    return value not in (None, "", [])


def objects(value: Any, most: int = MOST) -> list[dict[str, Any]]:
    return [item for item in many(value, most) if isinstance(item, dict)]


def text(value: Any, most: int = NAME) -> str:
    """The first text of a property, without control characters, at most `most` characters; empty if it is none."""
    found = one(value)
    if isinstance(found, dict):
        found = found.get("@value")
    if not isinstance(found, str):
        return ""
    return HIDDEN.sub("", LINES.sub("\n", found[: most * 2])).strip()[:most]


def texts(value: Any, most: int = MOST) -> tuple[str, ...]:
    return tuple(found for found in (text(item) for item in many(value, most)) if found)


def ident(value: Any) -> str:
    """The id of what is a reference, an object or a list of these; empty when there is none."""
    found = one(value)
    if isinstance(found, dict):
        found = found.get("id", found.get("@id"))
    return found if isinstance(found, str) else ""


def web(value: Any) -> str:
    """The id where it is an http(s) address; else empty."""
    address = ident(value)
    return address if addresses.is_web(address) else ""


def picture(value: Any) -> str:
    """The address of an image: http(s) or `data:` of a kind of picture; else empty."""
    address = ident(value)
    return address if addresses.is_web(address) or PICTURE.match(address) else ""


def types(document: dict[str, Any]) -> list[str]:
    return [item for item in many(document.get("type", document.get("@type"))) if isinstance(item, str)]
