"""Finds the badge in what a person gives: PNG, SVG, PDF, JSON, compact JWS, address. Bytes decide, never names."""

import re
from dataclasses import replace

from badges.formats import pdf, png, svg
from badges.formats.errors import FormatError
from badges.formats.found import Found, Kind
from badges.formats.texts import kind, unquoted

MAX_BYTES = 5 * 1024 * 1024

_SVG_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]")
_BOMS_16 = (b"\xff\xfe", b"\xfe\xff")
_BOM_8 = b"\xef\xbb\xbf"


def find(raw: bytes) -> list[Found]:
    """The badges in `raw`: one, or several in a PDF. None of them is believed yet.

    Raises FormatError: `file-too-big` (5 MB, a PDF 10 MB), `file-unknown`, `no-badge`, `badge-twice`,
    and what the readers of `png`, `svg` and `pdf` refuse.
    """
    start = _start(raw)
    at = -1 if start.startswith((b"<", b"{", b"[", b'"')) else raw.find(b"%PDF-", 0, 1024)
    if at >= 0:
        return _in_pdf(raw[at:])
    if len(raw) > MAX_BYTES:
        raise FormatError("file-too-big", most=str(MAX_BYTES // 1024**2))
    if raw.startswith(png.SIGNATURE):
        versions = [("3" if keyword == png.KEYWORD_3 else "2", text) for keyword, text in png.texts(raw)]
        return [_in_picture("png", raw, versions)]
    if start.startswith(b"<"):
        if not _SVG_ROOT.search(start):
            raise FormatError("file-unknown")
        return [_in_picture("svg", raw, svg.texts(raw))]
    return [_in_text(raw, start)]


def _start(raw: bytes) -> bytes:
    """The first characters that mean something, whatever Unicode encoding they are in."""
    return raw[:65_536].removeprefix(_BOM_8).lstrip(b"\xff\xfe").replace(b"\0", b"").lstrip()


def _in_picture(container: str, raw: bytes, texts: list[tuple[str, str]]) -> Found:
    """Open Badges 3.0, section 5.3: the 3.0 badge is read first; two of one kind are no badge."""
    found = {version: _held(container, text, raw) for version, text in texts}
    if len(found) < len(texts):
        raise FormatError("badge-twice")
    if not found:
        raise FormatError("no-badge")
    also = found.get("2")
    return replace(found["3"], also=also) if "3" in found else found["2"]


def _held(container: str, text: str, picture: bytes) -> Found:
    """What is neither a token nor an address is left to the reader of JSON to refuse."""
    inner = unquoted(text)
    what = kind(inner) or Kind.JSON
    return Found(container, what, _bare(inner, what), picture)


def _bare(text: str, what: Kind) -> str:
    return text if what is Kind.JSON else text.strip()


def _in_text(raw: bytes, start: bytes) -> Found:
    try:
        text = raw.decode("utf-16" if raw.startswith(_BOMS_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            "text-not-utf8" if start.startswith((b"{", b"[", b'"')) else "file-unknown"
        ) from error
    inner = unquoted(text)
    what = kind(inner)
    if what is None:
        raise FormatError("file-unknown")
    return Found(what.value, what, _bare(inner, what))


def _in_pdf(raw: bytes) -> list[Found]:
    pieces = pdf.embedded(raw)
    found = [_held("pdf", text, b"") for text in pieces.texts if kind(unquoted(text))]
    trouble = FormatError("no-badge")
    for file in pieces.files:
        try:
            found += _in_file(file)
        except FormatError as error:
            # An attached file that is no badge is somebody's annex; a damaged one is worth telling if it is alone.
            trouble = error if error.code not in ("file-unknown", "no-badge") else trouble
    if not found:
        raise trouble
    return list({one.text: one for one in found}.values())


def _in_file(file: bytes) -> list[Found]:
    """A PDF inside a PDF is not opened."""
    if b"%PDF-" in file[:1024]:
        return []
    return [replace(one, container="pdf") for one in find(file)]
