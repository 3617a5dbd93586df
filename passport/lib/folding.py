"""Folding: what two spellings have in common, for search and for uniqueness."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "’": "'", "ʼ": "'"})
NOT_WORDS = re.compile(r"[^\w]+")
# Zero-width, bidirectional and other format characters, and controls.
INVISIBLE = {"Cf", "Cc", "Co", "Cs", "Cn"}


def fold(text: str) -> str:
    """Lower case, no accent, ligature opened, width folded, punctuation as one space: « L’œuvre » → « l oeuvre »."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(LIGATURES)
    return NOT_WORDS.sub(" ", text).strip()


def fold_address(address: str) -> str:
    """An e-mail address for comparison: trimmed, width and case folded; dots and +tags stay, they may be others."""
    return unicodedata.normalize("NFKC", clean(address)).lower()


def clean(text: str) -> str:
    """One line without control, zero-width or direction characters, inner spaces joined."""
    visible = "".join(
        " " if c in "\t\r\n" else c for c in text if c in "\t\r\n" or unicodedata.category(c) not in INVISIBLE
    )
    return " ".join(visible.split())
