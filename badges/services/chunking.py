"""Long work in short transactions: cut off, what was done is done, and the rest can be asked for again."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
# Told how many are done, of how many.
Progress = Callable[[int, int], None]

CHUNK = 500


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def by_chunks(items: Iterable[Item], act: Callable[[list[Item]], int], progress: Progress) -> int:
    """Does `act` to all, a chunk at a time; returns the sum of what it says it did."""
    wanted = list(items)
    did = done = 0
    for chunk in chunks(wanted):
        did += act(chunk)
        progress(done := done + len(chunk), len(wanted))
    return did
