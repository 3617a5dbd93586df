"""How many verifications wait for other sites at once: slow ones must not take all threads of the pages."""

from threading import BoundedSemaphore
from types import TracebackType

from badges.formats.documents import Answer, Documents
from badges.formats.errors import Unreachable
from badges.formats.reading.addresses import shown

# Of a process, which has four threads unless its keeper chose otherwise; and seconds before giving up.
AT_ONCE, PATIENCE = 2, 1.0
_free = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Too many wait already: ask again in a moment."""


class Turn:
    """Documents for one verification. Its turn begins with the first that is asked for and ends with the block, which
    raises Busy when there was none: what was judged without documents is worth nothing."""

    def __init__(self, beyond: Documents) -> None:
        self._beyond = beyond
        self._has: bool | None = None

    def __enter__(self) -> "Turn":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._has:
            _free.release()
        elif self._has is False:
            raise Busy

    def begin(self) -> bool:
        """Begins the turn for work that asks nobody and costs; whether it is this one's turn. None is no reason to
        raise Busy: what was judged is judged."""
        if self._has is None:
            self._has = _free.acquire(timeout=PATIENCE) or None
        return bool(self._has)

    def get(self, address: str, *, accept: str, limit: int) -> Answer:
        """Raises what `beyond` raises, and Unreachable when this verification has no turn."""
        if self._has is None:
            self._has = _free.acquire(timeout=PATIENCE)
        if not self._has:
            raise Unreachable("fetch-too-slow", address=shown(address))
        return self._beyond.get(address, accept=accept, limit=limit)
