"""What upper apps tell lower ones, filled in `AppConfig.ready()`: the arrow of imports stays one way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Counter = Callable[[Any], int]
Rows = Callable[[Any], QuerySet]


@dataclass(frozen=True)
class TabCounter:
    """A number beside a tab: of the rows of a user, and the hidden words that say what it counts. All of them are
    counted in one query a page."""

    rows: Rows
    words: Callable[[int], str]


tab_counters: dict[str, TabCounter] = {}


@dataclass(frozen=True)
class Tool:
    """A link of the header for who is signed in, with a number like a tab's."""

    label: "StrOrPromise"
    icon: str
    url_name: str
    count: Counter
    words: Callable[[int], str]


header_tools: dict[str, Tool] = {}
