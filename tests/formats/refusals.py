"""What the library says no to, and with which code; how long it takes and how much it holds."""

import time
import tracemalloc
from collections.abc import Callable

import pytest

from badges.formats.errors import FormatError


def refusal(act: Callable, *arguments, **options) -> FormatError:
    with pytest.raises(FormatError) as refused:
        act(*arguments, **options)
    return refused.value


def code(act: Callable, *arguments, **options) -> str:
    return refusal(act, *arguments, **options).code


def outcome(act: Callable, *arguments, **options) -> str:
    """The code of a refusal, or "good"."""
    try:
        act(*arguments, **options)
    except FormatError as refused:
        return refused.code
    return "good"


def timed(act: Callable, *arguments, **options) -> tuple[str, float]:
    """The outcome, and the seconds of own CPU time that it took."""
    before = time.process_time()
    return outcome(act, *arguments, **options), time.process_time() - before


def seconds(act: Callable, *arguments, **options) -> float:
    """Own CPU time, of an act that may be refused."""
    return timed(act, *arguments, **options)[1]


def megabytes(act: Callable, *arguments, **options) -> float:
    """The most that was held at once, of an act that may be refused."""
    tracemalloc.start()
    try:
        outcome(act, *arguments, **options)
        return tracemalloc.get_traced_memory()[1] / 1_000_000
    finally:
        tracemalloc.stop()
