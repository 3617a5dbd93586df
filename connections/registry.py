"""What can be told of (« Signaler »), registered by its app in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from connections.enums import Reported


@dataclass(frozen=True)
class Subject:
    """What a reader has before them: its public identifier, name and path, and the person whom they may block."""

    identifier: str
    label: str
    url: str
    person: User | None = None


@dataclass(frozen=True)
class Reportable:
    """`slug` names it in addresses. `open` returns what the identifier names for a reader, raises Http404 for what
    they may not see; `address` is where a moderator looks, "" when it is gone."""

    slug: str
    open: Callable[[User, str], Subject]
    address: Callable[[str], str]


reportables: dict[Reported, Reportable] = {}


def register_reportable(what: Reported, reportable: Reportable) -> None:
    if reportables.setdefault(what, reportable) is not reportable:
        raise ValueError(f"Two apps tell what a reported {what} is.")


def reportable_at(slug: str) -> tuple[Reported, Reportable] | None:
    return next(((what, one) for what, one in reportables.items() if one.slug == slug), None)
