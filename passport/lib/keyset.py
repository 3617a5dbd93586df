"""Keyset paging: the same cost on the thousandth page as on the first, and stable while rows are added."""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

MAX_CURSOR = 2_000


@dataclass(frozen=True)
class Page:
    """Rows of one page; `previous` and `following` are cursors for the address of its neighbours, or ""."""

    rows: list
    previous: str = ""
    following: str = ""

    def __iter__(self) -> Iterator:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page(rows: QuerySet, *, order: tuple[str, ...], size: int, cursor: str = "") -> Page:
    """The page of `rows` that `cursor` points at; a cursor that makes no sense is the first page.

    `order` is as in order_by and ends with a unique field; none of its fields is null.
    """
    backwards, values = _decode(cursor, rows.model, order)
    steps = _reversed(order) if backwards else order
    found = rows.order_by(*steps)
    if values:
        found = found.filter(_after(steps, values))
    some = list(found[: size + 1])
    more, some = len(some) > size, some[:size]
    if backwards:
        some.reverse()
    if not some:
        return Page([])
    has_previous, has_following = (more, True) if backwards else (bool(values), more)
    return Page(
        some,
        _encode(some[0], order, backwards=True) if has_previous else "",
        _encode(some[-1], order, backwards=False) if has_following else "",
    )


def _reversed(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(field[1:] if field.startswith("-") else f"-{field}" for field in order)


def _after(order: tuple[str, ...], values: list) -> Q:
    """(a, b) > (x, y) as a > x OR (a = x AND b > y); the first field alone is repeated so that its index is used."""
    condition = Q()
    equal: dict[str, Any] = {}
    for field, value in zip(order, values, strict=True):
        name = field.lstrip("-")
        lookup = "lt" if field.startswith("-") else "gt"
        condition |= Q(**equal, **{f"{name}__{lookup}": value})
        equal[name] = value
    first = order[0]
    bound = "lte" if first.startswith("-") else "gte"
    return Q(**{f"{first.lstrip('-')}__{bound}": values[0]}) & condition


def _encode(row: Model, order: tuple[str, ...], *, backwards: bool) -> str:
    values = [_plain(_value(row, field.lstrip("-"))) for field in order]
    raw = json.dumps([int(backwards), *values], separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _decode(cursor: str, model: type[Model], order: tuple[str, ...]) -> tuple[bool, list]:
    """Direction and values of a cursor, each checked by the field that it belongs to."""
    if not cursor or len(cursor) > MAX_CURSOR:
        return False, []
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        backwards, *values = json.loads(raw)
        if len(values) != len(order) or backwards not in (0, 1):
            return False, []
        return bool(backwards), [
            _checked(model, f.lstrip("-"), v) for f, v in zip(order, values, strict=True)
        ]
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return False, []


def _checked(model: type[Model], name: str, value: Any) -> Any:
    """`value` as the field's own type. Raises ValueError when it is not one, or could not be compared."""
    field: Any = None
    for part in name.split("__"):
        owner = field.related_model if field else model
        field = owner._meta.pk if part == "pk" else owner._meta.get_field(part)
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise ValueError(name)
    if field.get_internal_type() == "DateTimeField":
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is None:
            raise ValueError(name)
        return moment
    if isinstance(value, int) != (field.get_internal_type() not in {"CharField", "TextField", "SlugField"}):
        raise ValueError(name)
    if isinstance(value, int) and not -(2**31) <= value < 2**31:
        raise ValueError(name)
    if isinstance(value, str) and "\0" in value:
        raise ValueError(name)
    return value
