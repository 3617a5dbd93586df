"""Kinds of mail, of notification and of work of the background, each registered by its app, in `AppConfig.ready()`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives

from notifications.enums import Pace

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django_stubs_ext import StrOrPromise

    from notifications.models import Message, Notification

# Returns the mail to send, or None when it has lost its object (badge revoked meanwhile): the message is cancelled.
Renderer = Callable[["Message"], EmailMultiAlternatives | None]

renderers: dict[str, Renderer] = {}
labels: dict[str, "StrOrPromise"] = {}

# Does a short step of work and says how much it did: mail leaves between two steps, and a sign-in code is waited for.
Job = Callable[[], int]

jobs: dict[str, Job] = {}
# Steps that wait for others' servers: none while there is anything else to do, mail above all.
spare_jobs: dict[str, Job] = {}
tidies: list[Callable[[], object]] = []


def register(kind: str, renderer: Renderer, label: "StrOrPromise") -> None:
    """`label` names the kind to people, in the administration."""
    if renderers.setdefault(kind, renderer) is not renderer:
        raise ValueError(f"Two renderers for the kind of message {kind!r}.")
    labels[kind] = label


def register_job(name: str, step: Job, *, spare: bool = False) -> None:
    """The worker calls `step` each turn, and again at once while it returns more than 0. `spare`: in turns that had
    nothing else to do."""
    if (spare_jobs if spare else jobs).setdefault(name, step) is not step:
        raise ValueError(f"Two jobs are named {name!r}.")


def register_tidy(tidy: Callable[[], object]) -> None:
    """The worker calls `tidy` when it starts, then each hour."""
    if tidy not in tidies:
        tidies.append(tidy)


@dataclass(frozen=True)
class Line:
    """One notification in words, as plain text, and the path of the page that it leads to."""

    text: str
    url: str


# (person, their notifications of this kind) -> the line of each by its pk, in a number of queries that does not grow.
# What is left out may not be seen any more by that person: it is not shown, not counted, not mailed.
Teller = Callable[["AbstractBaseUser", "Sequence[Notification]"], Mapping[int, Line]]


@dataclass(frozen=True)
class Kind:
    """A kind of notification: `label` names it in the preferences, `pace` is what holds until a person chooses.

    `note`: what one should know before choosing, beside the label.
    """

    label: "StrOrPromise"
    tell: Teller
    pace: Pace = Pace.DAILY
    note: "StrOrPromise" = ""


kinds: dict[str, Kind] = {}


def register_kind(name: str, kind: Kind) -> None:
    if kinds.setdefault(name, kind) is not kind:
        raise ValueError(f"Two kinds of notification are named {name!r}.")


# (primary keys of people) -> the proved address of each of them who may be written to.
AddressBook = Callable[[Collection[int]], Mapping[int, str]]

_address_books: list[AddressBook] = []


def register_address_book(book: AddressBook) -> None:
    """One, of the app that knows people."""
    _address_books.append(book)


def addresses_of(people: Collection[int]) -> Mapping[int, str]:
    return _address_books[0](people)
