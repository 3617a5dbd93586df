"""The style of an SVG, kept by allow-list: known properties, known functions, `url()` only to an id of the drawing."""

import re

from passport.lib.svg_names import FUNCTIONS, PROPERTIES

MAX_VALUE = 2_000  # also keeps the expressions below from taking quadratic time
LOCAL_URL = re.compile(r"""url\(\s*(["']?)#[\w.:-]+\1\s*\)""", re.I)
FUNCTION = re.compile(r"([\w-]*)\s*\(")
# No backslash (an escape could spell any word), no < > @ : { } ; &.
VALUE = re.compile(r"""[\w\s#%.,()+\-*/!'"]*""")
SELECTOR = re.compile(r"""[\w\s.#,>*:+~()\[\]="'-]+""")


def safe_value(value: str) -> bool:
    """Whether a value draws only: no address but an id of this file, no unknown function, no escape."""
    if len(value) > MAX_VALUE:
        return False
    rest = LOCAL_URL.sub(" ", value)
    return VALUE.fullmatch(rest) is not None and all(
        name.lower() in FUNCTIONS for name in FUNCTION.findall(rest)
    )


def safe_declarations(text: str) -> str:
    """`name: value` pairs of known properties; the others are dropped."""
    kept = []
    for declaration in _uncommented(text).split(";"):
        name, _colon, value = (part.strip() for part in declaration.partition(":"))
        if value and name.lower() in PROPERTIES and safe_value(value):
            kept.append(f"{name.lower()}:{value}")
    return ";".join(kept)


def safe_rules(text: str) -> str:
    """The plain rules of a style sheet; at-rules (import, font-face, media, keyframes) are dropped whole."""
    text = _uncommented(text).replace("<!--", " ").replace("-->", " ")
    kept, at = [], 0
    while (brace := text.find("{", at)) >= 0:
        selector = text[at:brace].strip()
        end = _end_of_block(text, brace)
        body = text[brace + 1 : end - 1]
        # What stands before the last semicolon is a statement: @import "…"; @charset "…";
        selector = selector.rpartition(";")[2].strip()
        if SELECTOR.fullmatch(selector) and "{" not in body and (safe := safe_declarations(body)):
            kept.append(f"{selector}{{{safe}}}")
        at = end
    return "\n".join(kept)


def _end_of_block(text: str, brace: int) -> int:
    depth = 0
    for at in range(brace, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
    return len(text) + 1


def _uncommented(text: str) -> str:
    """Without comments; nothing after one that is left open."""
    kept, at = [], 0
    while (opening := text.find("/*", at)) >= 0:
        kept.append(text[at:opening])
        closing = text.find("*/", opening + 2)
        if closing < 0:
            return " ".join(kept)
        at = closing + 2
    return " ".join([*kept, text[at:]])
