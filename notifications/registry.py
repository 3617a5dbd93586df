"""Kinds of mail, each registered by the app that owns it, in `AppConfig.ready()`."""

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


def register(kind: str, renderer: Renderer, label: "StrOrPromise") -> None:
    """`label` names the kind to people, in the administration."""
    if renderers.setdefault(kind, renderer) is not renderer:
        raise ValueError(f"Two renderers for the kind of message {kind!r}.")
    labels[kind] = label
