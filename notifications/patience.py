"""How one worker spares a mail server: it waits after failures, and keeps to a pace."""

from time import monotonic

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


class Circuit:
    """Open after a failure of the server: 1 s, then twice as long at each failure in a row, a minute at most."""

    def __init__(self) -> None:
        self.failures = 0
        self.until = 0.0

    def fail(self) -> None:
        self.until = monotonic() + min(FIRST_WAIT * 2.0**self.failures, LONGEST_WAIT)
        self.failures = min(self.failures + 1, 30)

    def mend(self) -> None:
        self.failures, self.until = 0, 0.0

    @property
    def wait(self) -> float:
        return max(0.0, self.until - monotonic())


class Pace:
    """At most so many mails a minute, evenly; what a second's sleep has lost is caught up. 0: no limit."""

    def __init__(self, per_minute: int) -> None:
        self.rate = per_minute / 60
        self.most = max(1.0, self.rate)
        self.left, self.at = 1.0, monotonic()

    @property
    def wait(self) -> float:
        if not self.rate:
            return 0.0
        now = monotonic()
        self.left, self.at = min(self.most, self.left + (now - self.at) * self.rate), now
        return max(0.0, (1 - self.left) / self.rate)

    def spend(self) -> None:
        self.left -= 1
