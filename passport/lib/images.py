"""Pictures that people give: size before parse, parse before trust, drawn again before they are shown."""

import io
import warnings
from dataclasses import dataclass

import resvg_py
from django.utils.translation import gettext as _
from PIL import Image

from passport.lib import svg

MAX_BYTES = 5 * 1024 * 1024
MAX_SIDE = 4096
MIN_SIDE = 90
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
DRAWN_SIDE = 880


class ImageRefused(Exception):
    """str() is a translated sentence that says what to do next."""


@dataclass(frozen=True)
class BadgeImage:
    """`content` as it is kept (a PNG byte for byte, an SVG sanitised), `picture` as it is drawn."""

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
    fitted = picture.convert("RGBA")
    fitted.thumbnail((side, side), Image.Resampling.LANCZOS)
    canvas = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    canvas.paste(fitted, ((side - fitted.width) // 2, (side - fitted.height) // 2))
    out = io.BytesIO()
    canvas.save(out, kind, **({"quality": 82, "method": 6} if kind == "WEBP" else {"optimize": True}))
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
    return _decode(raw)


def _decode(raw: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=["PNG"]) as checked:
                checked.verify()
            picture = Image.open(io.BytesIO(raw), formats=["PNG"])
            picture.load()
    except Exception as error:  # Pillow raises many kinds for a damaged file
        raise ImageRefused(_("This PNG image is damaged. Export it again and try once more.")) from error
    return picture


def _sanitise(raw: bytes) -> bytes:
    try:
        return svg.sanitise(raw)
    except svg.SvgRefused as error:
        raise ImageRefused(_("This SVG image cannot be used. Export it as PNG and try again.")) from error


def _draw(content: bytes) -> Image.Image:
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=content.decode("utf-8"), width=DRAWN_SIDE, skip_system_fonts=True
        )
        picture = _decode(bytes(drawn))
    except ImageRefused:
        raise
    except Exception as error:  # resvg reports its errors as ValueError or a panic
        raise ImageRefused(_("This SVG image cannot be drawn. Export it as PNG and try again.")) from error
    return picture
