"""Kinds of mail and work of the background, each registered by the app that owns it, in `AppConfig.ready()`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from notifications.models import Message

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
