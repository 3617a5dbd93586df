"""Pictures that people keep: PNG, JPEG or WEBP, upright, drawn again so that nothing but the picture is left."""

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from passport.lib.images import ImageRefused, first_frame

LONG_SIDE = 2560
# Decoded, this many pixels take 100 MB.
MAX_PIXELS = 25_000_000
# A JPEG is read smaller than it is, unless it is progressive: then all of it is held first.
MAX_PIXELS_OF_JPEG = 50_000_000
# A photograph kept as PNG may grow beyond all measure; as WEBP it does not.
MAX_PNG = 8 * 1024 * 1024
OPTIONS = {"PNG": {}, "WEBP": {"quality": 88, "method": 4}, "JPEG": {"quality": 88, "optimize": True}}


@dataclass(frozen=True)
class Photo:
    """`picture` in RGB or RGBA, at most LONG_SIDE a side; `content` is the same as a file of `kind`."""

    kind: str
    picture: Image.Image
    content: bytes


def kind_of(raw: bytes) -> str:
    """What the bytes say that they are, or ""."""
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if raw.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    return "WEBP" if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP" else ""


def read_photo(raw: bytes, kind: str) -> Photo:
    """Raises ImageRefused."""
    width, height, most = _measured(raw, kind)
    if width * height > most:
        size = {"width": width, "height": height}
        raise ImageRefused(
            _("This picture measures %(width)s × %(height)s pixels. Reduce it and try again.") % size
        )
    try:
        picture = _drawn(raw, kind)
        content = saved(picture, kind)
        if kind == "PNG" and len(content) > MAX_PNG:
            return Photo("WEBP", picture, saved(picture, "WEBP"))
        return Photo(kind, picture, content)
    except Exception as error:
        raise ImageRefused(_damaged()) from error


def fitted(picture: Image.Image, side: int) -> bytes:
    """The whole picture as WEBP, at most `side` pixels a side."""
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    return saved(small, "WEBP")


def saved(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **OPTIONS[kind])
    return out.getvalue()


def _measured(raw: bytes, kind: str) -> tuple[int, int, int]:
    """Width, height, and how many pixels such a file may have: read from its head alone."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the bounds here are lower
            head = Image.open(io.BytesIO(raw), formats=[kind])
    except (
        Exception
    ) as error:  # Pillow raises many kinds for a damaged file, and for one that is beyond measure
        raise ImageRefused(_damaged()) from error
    read_smaller = kind == "JPEG" and not head.info.get("progressive")
    return head.width, head.height, MAX_PIXELS_OF_JPEG if read_smaller else MAX_PIXELS


def _drawn(raw: bytes, kind: str) -> Image.Image:
    picture = first_frame(raw, kind, draft=LONG_SIDE)
    mode = "RGBA" if kind != "JPEG" and picture.has_transparency_data else "RGB"
    if picture.mode != mode:
        picture = picture.convert(mode)
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    picture = ImageOps.exif_transpose(picture)
    # Profiles, comments and places are written again by Pillow from here.
    picture.info.clear()
    return picture


def _damaged() -> str:
    return _("This picture is damaged. Export it again and try once more.")
