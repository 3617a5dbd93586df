"""What an act costs, measured so that neither a busy machine nor the tests before it change the verdict."""

import gc
import time
import tracemalloc
from collections.abc import Callable
from typing import TypeVar

TURNS = 3
Answer = TypeVar("Answer")


def measured(act: Callable[[], Answer]) -> tuple[Answer, float]:
    """What `act` returns, and the seconds of own CPU time that it took: what others do meanwhile is not counted.

    The garbage that it makes is collected at its cost, but not once more all that the tests before have left.
    """
    gc.freeze()
    try:
        start = time.process_time()
        answer = act()
        return answer, time.process_time() - start
    finally:
        gc.unfreeze()


def within(limit: float, act: Callable[[], Answer]) -> Answer:
    """What `act` returns; one of its turns must take less than `limit` seconds of own CPU time.

    One is enough: a busy machine, whose caches are shared, adds to a turn and takes nothing away.
    """
    spent = []
    for _turn in range(TURNS):
        answer, seconds = measured(act)
        if seconds < limit:
            return answer
        spent.append(f"{seconds:.3f}")
    raise AssertionError(f"{', '.join(spent)} seconds of own CPU time: never less than {limit}")


def peak(act: Callable[[], object]) -> int:
    """The most bytes that `act` held at once."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
