"""Bytes as text: base58btc (multibase `z`, CID 1.0 section 2.4) and base64url without padding (RFC 4648, section 5)."""

import base64
import re

from badges.formats.errors import FormatError

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
LONGEST = 1024  # letters of base58, whose reading takes quadratic time
BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


def b58(data: bytes) -> str:
    """Base58btc, without the multibase prefix."""
    number = int.from_bytes(data)
    letters = []
    while number:
        number, value = divmod(number, 58)
        letters.append(ALPHABET[value])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(letters))


def unb58(text: str) -> bytes:
    """The bytes of a base58btc text without prefix. Raises FormatError (text-encoding): another letter, or too long."""
    if len(text) > LONGEST or not VALUES.keys() >= set(text):
        raise FormatError("text-encoding")
    number = 0
    for letter in text:
        number = number * 58 + VALUES[letter]
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def b64url(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64url(text: str) -> bytes:
    """The bytes of a base64url text, of which there is one only: own alphabet, no padding, no spare bit set.

    Raises FormatError (text-encoding).
    """
    if not BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise FormatError("text-encoding")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64url(data) != text:
        raise FormatError("text-encoding")
    return data
