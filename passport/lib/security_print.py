"""Ornaments of a passport, computed: the rosette of an award and its machine-readable zone.

Pure and deterministic: an identifier always draws the same rosette, so a screenshot can be compared with
the page. The zone follows ICAO Doc 9303, part 3 (characters, transliteration, check digits) and 4 (the two
lines of 44 characters of a passport, TD3), as far as a badge has the same things to say.
"""

import hashlib
import math
import re
import unicodedata
from datetime import date

from passport.lib.iso3166 import ALPHA3

LINE = 44
IDENTIFIER = 12
UNKNOWN_COUNTRY = "XXX"  # Doc 9303-3, section 5, part D: nationality not specified

# Doc 9303-3, section 6: letters that Unicode does not decompose, and the national Cyrillic letters.
_PAIRS = """
    Æ:AE Œ:OE Ø:OE Þ:TH Ð:D Đ:D Ł:L Ħ:H Ŋ:N Ŧ:T ĸ:K ẞ:SS
    А:A Б:B В:V Г:G Ґ:G Д:D Е:E Ё:E Є:IE Ж:ZH З:Z И:I І:I Ї:I Й:I К:K Л:L М:M Н:N О:O П:P Р:R С:S Т:T У:U Ў:U
    Ф:F Х:KH Ц:TS Ч:CH Ш:SH Щ:SHCH Ъ:IE Ы:Y Ь: Э:E Ю:IU Я:IA
"""
_TRANSLITERATION = str.maketrans(dict(pair.split(":") for pair in _PAIRS.split()))
_OMITTED = re.compile(r"['’ʼ`´]")


def rosette(identifier: str, size: int = 400) -> str:
    """Return the rosette of one award as an inline SVG of about 3 kB: one closed curve and its rotations.

    The SHA-256 of the identifier picks the lobes, their amplitudes and the number of copies. Colours and
    opacity come from the style sheet (`.iris-1` to `.iris-4`). Its ids come from the identifier.
    """
    digest = hashlib.sha256(identifier.encode()).digest()
    lobes, harmonic, copies = 3 + digest[0] % 5, 7 + digest[1] % 9, 14 + digest[4] % 8
    wide, fine = 0.16 + digest[2] / 255 * 0.16, 0.03 + digest[3] / 255 * 0.06
    centre, radius = size / 2, size * 0.33
    points = []
    for step in range(144):
        angle = 2 * math.pi * step / 144
        r = radius * (1 + wide * math.sin(lobes * angle) + fine * math.sin(harmonic * angle))
        points.append(f"{centre + r * math.cos(angle):.1f} {centre + r * math.sin(angle):.1f}")
    name = _element_id(identifier)
    turns = "".join(
        f'<use href="#{name}" transform="rotate({360 / lobes / copies * i:.2f} {centre:.0f} {centre:.0f})"/>'
        for i in range(1, copies)
    )
    rings = "".join(
        f'<circle cx="{centre:.0f}" cy="{centre:.0f}" r="{radius * (1 + wide + fine) + gap:.1f}"/>'
        for gap in (5, 8)
    )
    stops = "".join(
        f'<stop class="iris-{i}" offset="{at}"/>' for i, at in enumerate(("0", ".36", ".66", "1"), start=1)
    )
    return (
        f'<svg class="rosette" viewBox="0 0 {size} {size}" aria-hidden="true" focusable="false"><defs>'
        f'<linearGradient id="{name}g" x1="0" y1="0" x2="1" y2="1">{stops}</linearGradient></defs>'
        f'<g fill="none" stroke="url(#{name}g)" stroke-width=".9">'
        f'<path id="{name}" d="M{"L".join(points)}Z"/>{turns}{rings}</g></svg>'
    )


def mrz(last: str, first: str, issuer: str, code: str, issued: date, country: str = "FRA") -> tuple[str, str]:
    """Return the two lines of 44 characters (A to Z, 0 to 9 and `<`) of one award.

    `country` is an ISO 3166-1 code of two or three letters, or empty when it is not known.
    Line 1: `OB`, the country in three letters, family name `<<` first name.
    Line 2: verification code and its check digit, country, date of issue YYMMDD and its check digit, issuer,
    the check digit of line 1 and that of line 2. Longer names are cut, as Doc 9303-4 cuts them at the end.
    """
    state = _state(country)
    names = "<<".join(part for part in (_letters(last), _letters(first)) if part)
    upper = f"OB{state}{names}"[:LINE].ljust(LINE, "<")
    identifier = _letters(code.replace("-", ""))[:IDENTIFIER].ljust(IDENTIFIER, "<")
    day = issued.strftime("%y%m%d")
    lower = f"{identifier}{check_digit(identifier)}{state}{day}{check_digit(day)}{_letters(issuer)[:18]}"
    lower = lower.ljust(LINE - 2, "<") + check_digit(upper)
    return upper, lower + check_digit(lower[: LINE - 2])


def check_digit(text: str) -> str:
    """Return the check digit of Doc 9303-3, section 4.9: weights 7, 3, 1, modulo 10; A is 10, `<` is 0."""
    return str(sum(_value(character) * (7, 3, 1)[i % 3] for i, character in enumerate(text)) % 10)


def _value(character: str) -> int:
    return 0 if character == "<" else int(character, 36)


def _state(country: str) -> str:
    letters = _letters(country)
    return ALPHA3.get(letters, letters[:3].ljust(3, "<")) if letters else UNKNOWN_COUNTRY


def _letters(text: str) -> str:
    """Write a name in the alphabet of the zone; what has no letter there becomes one filler, never two."""
    composed = unicodedata.normalize("NFC", text).upper().translate(_TRANSLITERATION)
    decomposed = unicodedata.normalize("NFKD", _OMITTED.sub("", composed))
    kept = "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Cf"})
    return re.sub(r"[^A-Z0-9]+", "<", kept.upper()).strip("<")


def _element_id(identifier: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9-]+", identifier):
        return "r" + identifier.replace("-", "").lower()
    return "r" + hashlib.sha256(identifier.encode()).hexdigest()[:12]
