"""Awards that are signed, as acceptance leaves them."""

import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from badges import pictures
from badges.models import Assertion
from badges.services import sign
from tests.factories import AssertionFactory

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}


def signed(**fields) -> Assertion:
    """`AssertionFactory(**fields)`, accepted and with its documents."""
    award = AssertionFactory(**({"accepted": True} | fields))
    sign.sign(award)
    award.refresh_from_db()
    return award


def drawn(*, side: int = 200, said: str = "", colour: tuple[int, ...] = (200, 30, 60, 255)) -> bytes:
    """A PNG of one colour, with `said` in a text chunk."""
    out, chunks = io.BytesIO(), PngInfo()
    if said:
        chunks.add_text("Author", said)
    Image.new("RGBA", (side, side), colour).save(out, "PNG", pnginfo=chunks)
    return out.getvalue()


def stored_picture(**options) -> str:
    return pictures.store(drawn(**options))
