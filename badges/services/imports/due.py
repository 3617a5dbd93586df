"""When a kept badge is verified again."""

from datetime import datetime, timedelta
from typing import Any

from badges.formats.report import Verdict

# Within the day, the queue's own delay included.
AGAIN = timedelta(hours=23)
# A server that does not answer is asked more and more seldom.
PATIENCE = [timedelta(hours=1), timedelta(hours=4), timedelta(hours=12), AGAIN]
# A revocation is for good; what is asked afterwards is a formality.
WITHDRAWN = timedelta(days=30)


def after(verdict: Verdict, at: datetime, *, failures: int, since: datetime | None) -> dict[str, Any]:
    """The columns of an imported badge that say when the next verification is due, after one that gave `verdict` `at`.

    `failures`: how many verifications in a row had no answer before this one; `since`: when the first of them was.
    """
    if verdict == Verdict.UNREACHABLE:
        pause = PATIENCE[min(failures, len(PATIENCE) - 1)]
        return {"due_at": at + pause, "failures": min(failures + 1, 10_000), "unreachable_since": since or at}
    pause = WITHDRAWN if verdict == Verdict.REVOKED else AGAIN
    return {"due_at": at + pause, "failures": 0, "unreachable_since": None}
