from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from badges.exceptions import NotPossible


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Does `act` and says `done`, or why it is not possible (any more)."""
    try:
        act()
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
