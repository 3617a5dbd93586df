"""French typography: the spaces and the apostrophe that a keyboard does not have."""

import re

from django.utils.formats import number_format

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
# What may follow an address in a sentence without being part of it.
CLOSING = ".,;:!?)»”\"'"
_LETTER = r"[^\W\d_]"

# Addresses keep their punctuation; so does the inside of a tag.
_ADDRESS = re.compile(r"(https?://\S+)")
_MARKUP = re.compile(
    r"(<(?:pre|code|script|style|textarea)\b.*?</(?:pre|code|script|style|textarea)>|<[^>]*>|https?://[^\s<]+)",
    re.DOTALL,
)

_RULES = (
    (re.compile(rf"(?<={_LETTER})(?:'|&#x27;|&#39;)(?={_LETTER}|\d|«)"), "’"),
    (re.compile(f"«[ {NBSP}{NARROW_NBSP}]?(?=\\S)"), f"«{NBSP}"),
    (re.compile(f"(?<=\\S)[ {NBSP}{NARROW_NBSP}]?»"), f"{NBSP}»"),
    (re.compile(r" (?=[;!?])"), NARROW_NBSP),
    (re.compile(r" (?=:(?!\w))"), NBSP),
    (re.compile(r"(?<=\d) (?=%)"), NBSP),
)
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")


def french(text: str) -> str:
    """Return plain text with French spacing.

    U+00A0 goes before `:` and inside guillemets, U+202F before `;`, `!`, `?` and in thousands. Only spaces
    that are there change (none is added but inside guillemets), so 12:30 and a web address stay whole.
    """
    return _outside(_ADDRESS, text)


def french_html(html: str) -> str:
    """The same for markup: tags, code and addresses are left as they are."""
    return _outside(_MARKUP, html)


def _outside(kept: re.Pattern[str], text: str) -> str:
    parts = kept.split(text)
    parts[::2] = [_apply(part) for part in parts[::2]]
    return "".join(parts)


def _apply(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return _THOUSANDS.sub(lambda number: number[0].replace(" ", NARROW_NBSP), text)


def grouped(number: int) -> str:
    """A whole number with its thousands apart, as the language has it: « 20 000 »."""
    return number_format(number, force_grouping=True).replace(NBSP, NARROW_NBSP)
