"""What a page says after a change; `templates/badges/_messages.html` shows it, with its « Annuler »."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from badges.enums import Visibility
from badges.models import Assertion


def visibility_change(request: HttpRequest, *, before: Assertion, after: Assertion) -> None:
    """Says who sees the badge now, or that the name is in the list or no longer; nothing when nothing changed."""
    if before.visibility != after.visibility:
        sentence = _visibility(after.visibility)
    elif before.name_listed != after.name_listed:
        sentence = _listing(after.name_listed)
    else:
        return
    undo = f"undo {before.visibility} {int(before.name_listed)}"
    messages.success(request, sentence, extra_tags=undo)


def _visibility(visibility: str) -> str:
    return {
        Visibility.PRIVATE: _("The badge is private: you alone see it."),
        Visibility.MEMBERS: _("Registered users see the badge."),
        Visibility.PUBLIC: _("The badge is public."),
    }[Visibility(visibility)]


def _listing(listed: bool) -> str:
    if listed:
        return _("Your name is in the list of recipients.")
    return _("Your name is no longer in the list of recipients.")
