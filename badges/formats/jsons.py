"""Strict JSON: what is ambiguous, unbounded or not I-JSON (RFC 7493) is refused before anything is believed."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from badges.formats.errors import FormatError

LIMIT = 256 * 1024  # bytes
DEPTH = 32
ENTRIES = 20_000  # members of objects and items of lists, together, where nothing else is said
DIGITS = 400  # of one number, as written
# A string (closed or not: it is then the end), a bracket or a comma.
MARK = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)
# Control characters but tab, LF and CR; surrogates without their half.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read(raw: bytes | str, *, limit: int = LIMIT, entries: int = ENTRIES) -> Any:
    """The value of a JSON text (RFC 8259) of at most `limit` bytes of UTF-8, with at most `entries` members of objects
    and items of lists; a byte order mark is passed over.

    Raises FormatError: json-too-big, json-too-deep, json-too-many (all three before parsing), json-broken,
    json-duplicate-key, json-number, json-text.
    """
    text = _decoded(raw, limit)
    _measure(text, entries)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_constant,
        )
    except FormatError:
        raise
    except ValueError as error:
        raise FormatError("json-broken") from error
    if any(REFUSED.search(string) for string in strings(value)):
        raise FormatError("json-text")
    return value


def write(value: Any) -> str:
    """The JSON text of a value: ASCII, compact, members in the order given. Raises ValueError for NaN or Infinity."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def strings(value: Any) -> Iterator[str]:
    """Every string of a JSON value, names of members included."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            yield from part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def _decoded(raw: bytes | str, limit: int) -> str:
    if len(raw) > limit:
        raise FormatError("json-too-big", limit=str(limit // 1024))
    try:
        octets = raw.encode() if isinstance(raw, str) else raw
        text = octets.decode("utf-8-sig")
    except UnicodeError as error:
        raise FormatError("json-text") from error
    if len(octets) > limit:
        raise FormatError("json-too-big", limit=str(limit // 1024))
    return text


def _measure(text: str, limit: int) -> None:
    depth = entries = 0
    for found in MARK.finditer(text):
        mark = found[0]
        if mark in "[{":
            depth += 1
            entries += 1
        elif mark in "]}":
            depth -= 1
        elif mark == ",":
            entries += 1
        if depth > DEPTH:
            raise FormatError("json-too-deep", limit=str(DEPTH))
        if entries > limit:
            raise FormatError("json-too-many", limit=str(limit))


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise FormatError("json-duplicate-key")
    return members


def _integer(digits: str) -> int:
    if len(digits) > 20 or not -(2**63) <= int(digits) < 2**63:
        raise FormatError("json-number")
    return int(digits)


def _decimal(digits: str) -> float:
    number = float(digits) if len(digits) <= DIGITS else math.inf
    if not math.isfinite(number):
        raise FormatError("json-number")
    return number


def _constant(_name: str) -> NoReturn:
    raise FormatError("json-number")
