"""Bitstring Status List 1.0: one bit for each credential, compressed (section 3.2)."""

import gzip
import zlib
from collections.abc import Iterable

from badges.formats.errors import FormatError
from badges.formats.multibase import b64url, unb64url

SIZE = 131_072  # bits: the least that the standard allows, so that one entry does not tell who it is
MOST = 16 * 1024 * 1024  # bytes, once uncompressed
STEP = 64 * 1024
GZIP = 31  # zlib's wbits for one gzip member


def bitstring(indexes: Iterable[int], *, size: int = SIZE) -> str:
    """The `encodedList` of a list of `size` bits in which those at `indexes` are set: `u`, base64url of GZIP.

    Index 0 is the most significant bit of the first byte. The same indexes give the same text. Raises FormatError
    (status-index) for an index outside the list.
    """
    bits = bytearray(size // 8)
    for index in indexes:
        if not 0 <= index < size:
            raise FormatError("status-index", index=str(index))
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + b64url(gzip.compress(bytes(bits), mtime=0))


def bit(encoded: str, index: int) -> bool:
    """Whether the bit at `index` is set. StatusList2021's lists, without the `u`, are read too.

    Raises FormatError: status-list-broken (not one whole GZIP, or more than 16 MB), status-index (not in the list).
    """
    try:
        data = unb64url(encoded.removeprefix("u") if encoded.startswith("u") else encoded.rstrip("="))
        value, length = _byte(data, index // 8)
    except (FormatError, zlib.error) as error:
        raise FormatError("status-list-broken") from error
    if not 0 <= index < length * 8:
        raise FormatError("status-index", index=str(index)[:20])
    return bool(value & 0x80 >> index % 8)


def _byte(data: bytes, place: int) -> tuple[int, int]:
    """The byte at a place of what is compressed (0 outside), and the length of the whole, read in steps."""
    unpacking = zlib.decompressobj(wbits=GZIP)
    value = length = 0
    while not unpacking.eof:
        part = unpacking.decompress(data, STEP)
        data = unpacking.unconsumed_tail
        if length <= place < length + len(part):
            value = part[place - length]
        length += len(part)
        if length > MOST or not (part or data or unpacking.eof):
            raise FormatError("status-list-broken")
    if unpacking.unused_data:
        raise FormatError("status-list-broken")
    return value, length
