"""What upper apps tell accounts, filled in their `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from accounts.models import LegalDocument


@dataclass(frozen=True)
class Invitation:
    """An address that this browser has proved by opening its mail, and the text accepted meanwhile."""

    address: str
    first_name: str
    last_name: str
    document: LegalDocument | None


# (request, path to go to after signing in) -> the invitation that this path belongs to, or None.
InvitationFinder = Callable[[HttpRequest, str], Invitation | None]

_finders: list[InvitationFinder] = []


def register_invitations(finder: InvitationFinder) -> None:
    _finders.append(finder)


def invitation_for(request: HttpRequest, next_path: str) -> Invitation | None:
    found = (finder(request, next_path) for finder in _finders)
    return next((invitation for invitation in found if invitation), None)
