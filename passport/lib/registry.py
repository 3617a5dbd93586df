"""What upper apps tell lower ones, filled in `AppConfig.ready()`: the arrow of imports stays one way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Counter = Callable[[Any], int]


@dataclass(frozen=True)
class TabCounter:
    """A number beside a tab: `count(user)` and the hidden words that say what it counts."""

    count: Counter
    words: Callable[[int], str]


tab_counters: dict[str, TabCounter] = {}
