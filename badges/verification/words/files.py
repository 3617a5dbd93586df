"""Files, texts and the badges in them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SENTENCES: dict[str, "StrOrPromise"] = {
    "file-too-big": _(
        "This file is heavier than %(most)s MB. A badge alone never is: download it again and give that file."
    ),
    "file-unknown": _(
        "This is not a PNG, SVG or PDF file, and not the JSON, the token or the address of a badge either."
    ),
    "no-badge": _(
        "This file holds no badge. Download the badge itself from the site that gave it, and try again."
    ),
    "badge-twice": _(
        "This file holds two badges of the same kind, so nobody can tell which one counts. Download it again."
    ),
    "png-broken": _("This PNG image is damaged, or something was added to it. Download the badge again."),
    "png-too-big": _(
        "This PNG image measures %(width)s × %(height)s pixels, which is too large for a badge."
    ),
    "png-text-too-long": _(
        "What this PNG image holds is longer than %(most)s KB, which is too long for a badge."
    ),
    "svg-broken": _("This SVG image is damaged. Download the badge again."),
    "svg-refused": _(
        "This SVG image declares things that a badge never needs, and is not read. Ask its issuer for a PNG."
    ),
    "svg-too-much": _("This SVG image is too complicated to be read. Ask its issuer for a PNG."),
    "svg-not-utf8": _("A badge can be put only into an SVG image in UTF-8. Save the image in this encoding."),
    "text-forbidden": _("The badge holds characters that its image cannot hold."),
    "text-not-utf8": _(
        "The text of this badge is not in UTF-8. It was changed on its way: download the badge again."
    ),
    "pdf-broken": _(
        "This PDF file is damaged, or built in a way that is not read here. Give the badge as PNG, SVG or JSON."
    ),
    "pdf-locked": _(
        "This PDF file is encrypted. Give the badge as PNG, SVG or JSON, or the PDF without protection."
    ),
    "pdf-too-much": _("This PDF file is too complicated to be read. Give the badge as PNG, SVG or JSON."),
}
