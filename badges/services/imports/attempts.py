"""Two people whose badges make the first rows of one issuer at once: the second finds them at the next attempt."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from badges.exceptions import NotPossible

MOST = 3
Written = TypeVar("Written")


def attempt(write: Callable[[], Written], refusal: str) -> Written:
    """What `write` returns, in a transaction of its own. Raises NotPossible with `refusal` when others always win."""
    for _attempt in range(MOST):
        try:
            with transaction.atomic():
                return write()
        except IntegrityError:
            continue
    raise NotPossible(refusal)
