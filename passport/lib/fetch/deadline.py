import time


class Deadline:
    """The end of a whole errand, however its time is spent. Seconds."""

    def __init__(self, seconds: float):
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, more than none. Raises TimeoutError at the end."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left
