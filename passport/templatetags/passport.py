import json
import zlib
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from passport.lib import markdown as markdown_lib
from passport.lib import security_print, typography

register = template.Library()

AVATAR_COLOURS = 6
MEGABYTE = 1024 * 1024


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """An icon of the sprite. It is decoration: the word beside it carries the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=1024)
def rosette(identifier: str) -> SafeString:
    """The rosette of an award (its code) or of a badge class (its slug). Once a page."""
    # Numbers and hexadecimal digits only: nothing of the identifier reaches the markup unchecked.
    return mark_safe(security_print.rosette(str(identifier)))  # noqa: S308


@register.simple_tag
def mrz(last: str, first: str, issuer: str, code: str, issued: date, country: str = "") -> SafeString:
    """The machine-readable zone. Hidden from screen readers: the page prints the code as text too."""
    day = (
        timezone.localtime(issued).date()
        if isinstance(issued, datetime) and timezone.is_aware(issued)
        else issued
    )
    lines = security_print.mrz(str(last), str(first), str(issuer), str(code), day, str(country or ""))
    return format_html('<div class="mrz__lines" aria-hidden="true">{}\n{}</div>', *lines)


@register.simple_tag
def avatar(name: str, size: str = "", *, org: bool = False, picture: str = "", alt: str = "") -> SafeString:
    """A person's picture, else initials on a colour chosen by the name. `size`: s, l or xl; `org` makes the square
    of an issuer. `picture`: the address of one that the reader may see; `alt` is left out where the name stands."""
    classes = ["avatar"]
    if org:
        classes.append("avatar--org")
    if size:
        classes.append(f"avatar--{size}")
    if picture:
        return format_html(
            '<img class="{}" src="{}" alt="{}" width="120" height="120" loading="lazy">',
            " ".join(classes),
            picture,
            alt,
        )
    classes.append(f"avatar--{1 + zlib.crc32(str(name).encode()) % AVATAR_COLOURS}")
    initials = _org_initials(str(name)) if org else _initials(str(name))
    return format_html('<span class="{}" aria-hidden="true">{}</span>', " ".join(classes), initials)


@register.simple_tag
def json_ld(data: dict) -> SafeString:
    """What a page says to machines (JSON-LD 1.1, section 7). It is data: a browser runs nothing of it."""
    # As json_script does: nothing in a string closes the element.
    text = json.dumps(data, ensure_ascii=False).translate({ord(c): f"\\u{ord(c):04X}" for c in "<>&"})
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


@register.filter(is_safe=True)
def typo(text: str) -> str:
    """French typography, when the page is in French: spaces and apostrophes change, never words."""
    if text is None or not (get_language() or "").startswith("fr"):
        return text
    if isinstance(text, SafeString):
        return mark_safe(typography.french_html(text))  # noqa: S308
    return typography.french(str(text))


@register.filter
def weight(size: int) -> str:
    """Bytes in the units in which the site states its limits."""
    if size < MEGABYTE:
        return _("%(size)s KB") % {"size": formats.number_format(-(-size // 1024))}
    size_in_mb = round(size / MEGABYTE, 1)
    return _("%(size)s MB") % {"size": formats.number_format(size_in_mb, 0 if size_in_mb.is_integer() else 1)}


@register.filter
def markdown(text: str, first_heading: int = 3) -> SafeString:
    return mark_safe(markdown_lib.render(str(text or ""), first_heading=first_heading))  # noqa: S308


def _initials(name: str) -> str:
    return "".join(word[0] for word in _words(name))[:2].upper() or "?"


def _org_initials(name: str) -> str:
    """« Amcsti » is Am, « Le Dôme » LD, « Planétarium du Bessin » PB."""
    words = [word for word in _words(name) if not word.islower()] or _words(name)
    if len(words) == 1:
        return words[0][:2].capitalize()
    return "".join(word[0] for word in words)[:2].upper() or "?"


def _words(name: str) -> list[str]:
    letters = "".join(character if character.isalnum() else " " for character in name)
    return letters.split()
