"""Verification codes as people type them."""

import re

from badges.models.assertion import CROCKFORD

# Crockford's base 32 reads what is mistaken for a digit as that digit, and takes hyphens as decoration.
_MISTAKEN = str.maketrans("OIL", "011")
_CODE = re.compile(f"[{CROCKFORD}]{{12}}")


def read(typed: str) -> str:
    """The twelve characters of a code typed with or without hyphens, in any case; empty when it is none."""
    code = typed.replace("-", "").upper().translate(_MISTAKEN)
    return code if typed.isascii() and _CODE.fullmatch(code) else ""
