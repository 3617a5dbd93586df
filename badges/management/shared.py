"""What the commands about awards share: the badge, the file, the bar, the way out."""

import sys
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from badges.exceptions import NotPossible
from badges.lists import MAX_BYTES
from badges.models import BadgeClass

SOME_REFUSED, NOTHING_READ = 3, 2
WIDTH = 30


def badge_of(slug: str) -> BadgeClass:
    """Raises NotPossible for an address that no badge has."""
    badge_class = BadgeClass.objects.here().filter(slug=slug).first()
    if badge_class is None:
        raise NotPossible(_("No badge has the address “%(slug)s”. Check --badge.") % {"slug": slug})
    return badge_class


def content_of(file: str) -> bytes:
    """The bytes of a file, or of standard input for « - »; of a file too heavy, enough to be refused.

    Raises NotPossible when it cannot be opened.
    """
    try:
        if file == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(file).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotPossible(
            _("The file “%(file)s” cannot be opened. Check its path.") % {"file": file}
        ) from error


def bar(stream: OutputWrapper) -> Callable[[int, int], None]:
    """Draws how far a work is, on a terminal; elsewhere nothing, so that logs stay readable."""

    def draw(done: int, total: int) -> None:
        if stream.isatty():
            filled = WIDTH * done // max(total, 1)
            end = "\n" if done >= total else ""
            stream.write(f"\r[{'#' * filled}{' ' * (WIDTH - filled)}] {done}/{total}{end}", ending="")
            stream.flush()

    return draw
