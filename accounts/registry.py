"""What upper apps tell accounts, filled in their `AppConfig.ready()`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accounts.models import File, LegalDocument


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


@dataclass(frozen=True)
class Place:
    """Where a file is used, in words, and the page of its owner that shows or changes it."""

    label: str
    url: str


def _let_go(file: File) -> None:
    """Rows that name the file go with it, or forget it, by their foreign key."""


@dataclass(frozen=True)
class FileUse:
    """What an app does with people's files.

    `readable(viewer, file)`: whether this use shows the file to a person, or to an anonymous visitor, at this moment.
    `places(files)`: where each file is used, by its pk, for its owner; a number of queries that does not grow.
    `release(file)`: is called before a file is deleted, in that transaction, where a foreign key alone does not do.
    """

    readable: Callable[[Any, File], bool]
    places: Callable[[Sequence[File]], Mapping[int, list[Place]]]
    release: Callable[[File], None] = _let_go


file_uses: list[FileUse] = []


def register_file_use(use: FileUse) -> None:
    if use not in file_uses:
        file_uses.append(use)
