"""Papers that people keep: PDF files. They stay as they are, and are only ever downloaded."""

import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from passport.lib.leafing import LOCKED

LEAFING = Path(__file__).with_name("leafing.py")
SECONDS = 10


class PaperRefused(Exception):
    """str() is a translated sentence that says what to do next."""


def looks_like_pdf(raw: bytes) -> bool:
    """At the very start: what stands before the mark of a PDF would be another file."""
    return raw.startswith(b"%PDF-")


def check_pdf(raw: bytes) -> None:
    """Raises PaperRefused unless it is whole and its pages can be found without a password."""
    if b"%%EOF" not in raw[-2048:]:
        raise PaperRefused(_damaged())
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and the document comes by standard input
            [sys.executable, "-I", str(LEAFING)], input=raw, capture_output=True, timeout=SECONDS, check=False
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise PaperRefused(_damaged()) from error
    if done.returncode == LOCKED:
        raise PaperRefused(_("This PDF file is locked by a password. Save it without one and try again."))
    if done.returncode:
        raise PaperRefused(_damaged())


def _damaged() -> str:
    return _("This PDF file is damaged or cannot be read. Export it again and try once more.")
