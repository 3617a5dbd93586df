"""Badges in PNG files: Open Badges 2.0 « Baking », 3.0 section 5.3.1 (PNG); chunks as in PNG, sections 5 and 11.3.4."""

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from badges.formats.errors import FormatError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD_2 = "openbadges"
KEYWORD_3 = "openbadgecredential"
# The third was written by early bakers.
KEYWORDS = (KEYWORD_3, KEYWORD_2, "openbadge")

MAX_BYTES = 5 * 1024 * 1024
MAX_CHUNKS = 10_000
MAX_SIDE = 10_000
MAX_PIXELS = 40_000_000
MAX_TEXT = 256 * 1024
# Texts of badges that are inflated at all: more than one of a kind is refused later anyway.
MAX_TEXTS = 8

_MARKS = tuple(keyword.encode() + b"\0" for keyword in KEYWORDS)
_TEXTUAL = (b"iTXt", b"tEXt", b"zTXt")


class _Chunk(NamedTuple):
    """`start` and `end` in the file, length and checksum included; `data` is between them."""

    kind: bytes
    start: int
    end: int
    data: memoryview

    @property
    def carries(self) -> bool:
        return self.kind in _TEXTUAL and bytes(self.data[:20]).startswith(_MARKS)


def bake(picture: bytes, *, keyword: str, text: str) -> bytes:
    """`picture` with exactly one badge: `text` (JSON or compact JWS) in an uncompressed iTXt chunk after IHDR.

    `keyword` is KEYWORD_2 or KEYWORD_3. Older badges are removed, every other chunk stays byte for byte.
    Raises FormatError: what `texts` refuses, `png-text-too-long`, `text-forbidden`.
    """
    header, *others = _chunks(picture)
    return b"".join(
        [
            memoryview(picture)[: header.end],
            _itxt(keyword, text),
            *(memoryview(picture)[chunk.start : chunk.end] for chunk in others if not chunk.carries),
        ]
    )


def texts(picture: bytes) -> list[tuple[str, str]]:
    """Keyword and text of every badge in `picture`, in order; iTXt, tEXt and zTXt. Nothing is decoded but these.

    Raises FormatError: `file-too-big`, `png-broken`, `png-too-big`, `png-text-too-long`, `badge-twice`.
    """
    carriers = [chunk for chunk in _chunks(picture) if chunk.carries]
    if len(carriers) > MAX_TEXTS:
        raise FormatError("badge-twice")
    return [_read(chunk) for chunk in carriers]


def _chunks(picture: bytes) -> list[_Chunk]:
    """IHDR first and once, IEND last and once, image data between, every length and checksum right."""
    if len(picture) > MAX_BYTES:
        raise FormatError("file-too-big", most=str(MAX_BYTES // 1024**2))
    if not picture.startswith(SIGNATURE):
        raise FormatError("png-broken")
    chunks = list(_walk(picture))
    kinds = [chunk.kind for chunk in chunks]
    once = kinds.count(b"IHDR") == 1 and kinds.count(b"IEND") == 1 and b"IDAT" in kinds
    if not once or kinds[0] != b"IHDR" or kinds[-1] != b"IEND":
        raise FormatError("png-broken")
    _measure(chunks[0].data)
    return chunks


def _walk(picture: bytes) -> Iterator[_Chunk]:
    view = memoryview(picture)
    at = len(SIGNATURE)
    for _ in range(MAX_CHUNKS + 1):
        if at == len(picture):
            return
        data = at + 8
        end = data + int.from_bytes(view[at : at + 4], "big") + 4
        if end > len(picture) or zlib.crc32(view[at + 4 : end - 4]) != int.from_bytes(
            view[end - 4 : end], "big"
        ):
            raise FormatError("png-broken")
        yield _Chunk(bytes(view[at + 4 : data]), at, end, view[data : end - 4])
        at = end
    raise FormatError("png-broken")


def _measure(header: memoryview) -> None:
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    if len(header) != 13 or not width or not height:
        raise FormatError("png-broken")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise FormatError("png-too-big", width=str(width), height=str(height))


def _itxt(keyword: str, text: str) -> bytes:
    try:
        body = text.encode()
    except UnicodeEncodeError as error:
        raise FormatError("text-forbidden") from error
    if b"\0" in body:
        raise FormatError("text-forbidden")
    if len(body) > MAX_TEXT:
        raise FormatError("png-text-too-long", most=str(MAX_TEXT // 1024))
    # Compression flag and method, then language and translated keyword, both empty.
    chunk = b"iTXt" + keyword.encode() + b"\0" + b"\0\0" + b"\0" + b"\0" + body
    return (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")


def _read(chunk: _Chunk) -> tuple[str, str]:
    keyword, _, rest = bytes(chunk.data).partition(b"\0")
    if chunk.kind == b"iTXt":
        return keyword.decode(), _utf8(_international(rest))
    return keyword.decode(), _latin(_inflate(rest) if chunk.kind == b"zTXt" else _bounded(rest))


def _international(rest: bytes) -> bytes:
    """The text of an iTXt after its keyword: two bytes of compression, language, translated keyword, text."""
    compressed, parts = rest[:1], rest[2:].split(b"\0", 2)
    if len(parts) != 3 or compressed not in (b"\0", b"\1"):
        raise FormatError("png-broken")
    return _inflate(rest[1:2] + parts[2]) if compressed == b"\1" else _bounded(parts[2])


def _inflate(method_and_data: bytes) -> bytes:
    if method_and_data[:1] != b"\0":
        raise FormatError("png-broken")
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(method_and_data[1:], MAX_TEXT + 1)
    except zlib.error as error:
        raise FormatError("png-broken") from error
    if not inflater.eof and len(text) <= MAX_TEXT:
        raise FormatError("png-broken")
    return _bounded(text)


def _bounded(text: bytes) -> bytes:
    if len(text) > MAX_TEXT:
        raise FormatError("png-text-too-long", most=str(MAX_TEXT // 1024))
    return text


def _utf8(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise FormatError("text-not-utf8") from error


def _latin(text: bytes) -> str:
    """tEXt and zTXt are Latin-1 by the standard, UTF-8 by the habit of bakers."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")
