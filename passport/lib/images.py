"""Pictures that people give: size before parse, parse before trust, drawn again before they are shown."""

import io
import subprocess
import sys
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image

from passport.lib import svg

MAX_BYTES = 5 * 1024 * 1024
MAX_SIDE = 3000
MAX_CHUNKS = 10_000
MIN_SIDE = 90
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
DRAWN_SIDE = 880
DRAWING = Path(__file__).with_name("drawing.py")
DRAWING_SECONDS = 8


class ImageRefused(Exception):
    """str() is a translated sentence that says what to do next."""


@dataclass(frozen=True)
class BadgeImage:
    """`content` as it is kept (a PNG byte for byte, an SVG sanitised), `picture` as it is drawn, in RGBA."""

    content: bytes
    extension: str
    picture: Image.Image


def read_badge_image(raw: bytes) -> BadgeImage:
    """Judges by the bytes, never by the name: PNG or SVG, as Open Badges 2.0 asks (section « BadgeClass », image)."""
    if len(raw) > MAX_BYTES:
        raise ImageRefused(_("This image is heavier than 5 MB. Reduce it and try again."))
    if raw.startswith(PNG_SIGNATURE):
        return BadgeImage(raw, "png", _read_png(raw))
    if svg.looks_like(raw):
        clean = _sanitise(raw)
        return BadgeImage(clean, "svg", _draw(clean))
    raise ImageRefused(_("This file is not a PNG or SVG image. Export the image as PNG and try again."))


def square(picture: Image.Image, side: int, kind: str) -> bytes:
    """`picture` fitted, without cropping, into a transparent square of `side` pixels, as WEBP or PNG."""
    fitted = picture.copy()
    fitted.thumbnail((side, side), Image.Resampling.LANCZOS)
    canvas = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    canvas.paste(fitted, ((side - fitted.width) // 2, (side - fitted.height) // 2))
    out = io.BytesIO()
    canvas.save(out, kind, **({"quality": 82, "method": 4} if kind == "WEBP" else {"optimize": True}))
    return out.getvalue()


def _read_png(raw: bytes) -> Image.Image:
    width, height = (int.from_bytes(raw[i : i + 4], "big") for i in (16, 20))
    if width > MAX_SIDE or height > MAX_SIDE:
        raise ImageRefused(
            _(
                "This image measures %(width)s × %(height)s pixels. Reduce it to at most %(most)s pixels a side."
            )
            % {"width": width, "height": height, "most": MAX_SIDE}
        )
    if min(width, height) < MIN_SIDE:
        raise ImageRefused(
            _("This image is too small. Give one of at least %(least)s pixels a side.") % {"least": MIN_SIDE}
        )
    if not _is_whole(raw):
        raise ImageRefused(_damaged())
    return _decode(raw)


def _is_whole(raw: bytes) -> bool:
    """One IHDR first, one IEND last, every checksum right (PNG, sections 5.3 and 5.6)."""
    names = []
    for name, good in _chunks(raw):
        names.append(name)
        if not good or len(names) > MAX_CHUNKS:
            return False
    return (
        names[:1] == [b"IHDR"]
        and names.count(b"IHDR") == 1
        and names[-1:] == [b"IEND"]
        and names.count(b"IEND") == 1
    )


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bool]]:
    """Name of every chunk, and whether its length and checksum are right."""
    at = len(PNG_SIGNATURE)
    while at < len(raw):
        end = at + 8 + int.from_bytes(raw[at : at + 4], "big")
        checksum = raw[end : end + 4]
        yield raw[at + 4 : at + 8], checksum == zlib.crc32(raw[at + 4 : end]).to_bytes(4, "big")
        at = end + 4


def first_frame(raw: bytes, kind: str, draft: int = 0) -> Image.Image:
    """The first frame, decoded whole, 16 bits of grey scaled to 8. `draft`: a JPEG may come smaller, never under this
    many pixels a side. Raises whatever Pillow raises for a damaged file."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        picture: Image.Image = Image.open(io.BytesIO(raw), formats=[kind])
        if draft:
            picture.draft(None, (draft, draft))
        picture.load()
    if picture.mode.startswith("I"):
        # Pillow would cut them off instead of scaling them.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture


def _decode(raw: bytes) -> Image.Image:
    """The first frame in RGBA, at most DRAWN_SIDE a side: what is made from it carries nothing else of the file."""
    try:
        picture = first_frame(raw, "PNG")
        if picture.mode != "RGBA":
            picture = picture.convert("RGBA")
        picture.thumbnail((DRAWN_SIDE, DRAWN_SIDE), Image.Resampling.LANCZOS)
    except Exception as error:  # Pillow raises many kinds for a damaged file
        raise ImageRefused(_damaged()) from error
    return picture


def _damaged() -> str:
    return _("This PNG image is damaged. Export it again and try once more.")


def _sanitise(raw: bytes) -> bytes:
    try:
        return svg.sanitise(raw)
    except svg.SvgRefused as error:
        raise ImageRefused(_("This SVG image cannot be used. Export it as PNG and try again.")) from error


def _draw(content: bytes) -> Image.Image:
    fonts = "fonts" if b"<text" in content else "no-fonts"
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and the drawing comes by standard input
            [sys.executable, "-I", str(DRAWING), str(DRAWN_SIDE), fonts],
            input=content,
            capture_output=True,
            timeout=DRAWING_SECONDS,
            check=True,
        )
        return _decode(done.stdout)
    except (subprocess.SubprocessError, OSError, ImageRefused) as error:
        raise ImageRefused(_("This SVG image cannot be drawn. Export it as PNG and try again.")) from error
