"""« Tout accepter »: each waiting badge has its own outcome."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import User
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services.accept import accept


@dataclass
class Outcome:
    """`refused`: each with the sentence that says why, or what to do."""

    accepted: list[Assertion] = field(default_factory=list)
    refused: list[tuple[Assertion, str]] = field(default_factory=list)


def accept_all(*, assertions: Iterable[Assertion], holder: User) -> Outcome:
    """Accepts each as « Accepter ce badge » does: private, each by itself; one that cannot be stops none."""
    outcome = Outcome()
    for assertion in assertions:
        try:
            outcome.accepted.append(accept(assertion=assertion, holder=holder))
        except NotPossible as refusal:
            outcome.refused.append((assertion, str(refusal)))
    return outcome
