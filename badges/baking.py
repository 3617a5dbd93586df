"""A badge to take away: its documents, alone or inside its picture, made on demand from what was signed."""

import base64
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.cache.backends.locmem import LocMemCache
from django.core.files.storage import default_storage

from badges import addresses, pictures
from badges.formats import png, svg
from badges.formats.errors import FormatError
from badges.models import Assertion, SignedDocuments
from badges.negotiation import etag_of

logger = logging.getLogger(__name__)

# What each file holds: with an address that answers everybody, and without.
PUBLIC = {
    ("png", "2"): "hosted", ("svg", "2"): "hosted", ("json", "2"): "hosted", ("jws", "2"): "signed",
    ("png", "3"): "credential", ("svg", "3"): "credential", ("json", "3"): "credential", ("jwt", "3"): "token",
}  # fmt: skip
# The hosted form of a badge that is not public answers nobody: it leaves as its signed copy.
PERSONAL = PUBLIC | {("png", "2"): "signed", ("svg", "2"): "signed"}
del PERSONAL[("json", "2")]
KEYWORDS = {"2": png.KEYWORD_2, "3": png.KEYWORD_3}
TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "json": "application/ld+json",
    "jws": "application/jose",
    "jwt": "application/vc+jwt",
}
# Heavier originals give way to the picture drawn from them: with a badge, and wrapped as SVG, they would pass the
# 5 MB that readers take, ours among them.
HEAVIEST = 3 * 1024 * 1024
# Chunks that draw (PNG, sections 5.6 and 11.3). The others say who made the file, when, where and with what.
DRAWING = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
# What was made last, in this process: another cache would take longer to answer than baking does. 16 MB at most.
KEPT_BYTES = 256 * 1024
kept = LocMemCache("baked", {"timeout": 3600, "OPTIONS": {"MAX_ENTRIES": 64}})
WRAPPED = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" '
    'height="{height}" viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
    'xlink:href="data:image/png;base64,{data}"/></svg>'
)


class NoSuchFile(Exception):
    """This badge has no file of this kind, or none of its pictures can be read."""


@dataclass(frozen=True)
class BadgeFile:
    """A file that is not made yet: `content` makes it. `etag` changes with all that it is made of."""

    extension: str
    version: str
    text: str
    image: str
    address: str
    etag: str

    def content(self) -> bytes:
        """Its bytes, kept for a while when they are few. Raises NoSuchFile."""
        if self.extension not in ("png", "svg"):
            return self.text.encode()
        found = kept.get(self.etag)
        if found is None:
            found = self._baked()
            if len(found) <= KEPT_BYTES:
                kept.set(self.etag, found)
        return found

    def _baked(self) -> bytes:
        for picture in _pictures(self.image, self.extension):
            try:
                return self._bake(_drawing(picture, self.extension))
            except FormatError as error:
                logger.error("picture %s cannot carry a badge: %s", self.image, error.code)
        raise NoSuchFile

    def _bake(self, drawing: bytes) -> bytes:
        if self.extension == "png":
            return png.bake(drawing, keyword=KEYWORDS[self.version], text=self.text)
        verify = self.address if self.version == "2" else ""
        return svg.bake(drawing, version=self.version, text=self.text, verify=verify)


def file_of(
    assertion: Assertion, documents: SignedDocuments, *, extension: str, version: str, public: bool
) -> BadgeFile:
    """A badge of this site as a file: "png", "svg", "json", "jws" (2.0) or "jwt" (3.0). Raises NoSuchFile."""
    form = (PUBLIC if public else PERSONAL).get((extension, version))
    if form is None:
        raise NoSuchFile
    text = getattr(documents, form)
    image = assertion.recognises.image
    address = addresses.assertion(assertion.uid)
    return BadgeFile(extension, version, text, image, address, etag_of(extension, version, image, text))


def _pictures(image: str, extension: str) -> Iterator[bytes]:
    """What can carry the badge, the best first: the organiser's own picture, then the one drawn from it."""
    names = [image, pictures.variant(image, "440.png")]
    for name in names:
        if name.endswith(".svg") and extension == "png":
            continue
        try:
            with default_storage.open(pictures.path(name)) as file:
                raw = file.read(HEAVIEST + 1)
        except OSError:
            logger.error("picture %s is missing", name)
            continue
        if len(raw) <= HEAVIEST:
            yield raw


def _drawing(picture: bytes, extension: str) -> bytes:
    """A PNG or an SVG in which a badge can be baked. Raises FormatError for a PNG that is damaged."""
    if not picture.startswith(png.SIGNATURE):
        return picture
    png.texts(picture)
    plain = _plain(picture)
    return plain if extension == "png" else _wrapped(plain)


def _plain(picture: bytes) -> bytes:
    """A PNG with the same pixels and nothing said beside them."""
    parts, at = [picture[: len(png.SIGNATURE)]], len(png.SIGNATURE)
    while at < len(picture):
        end = at + 12 + int.from_bytes(picture[at : at + 4], "big")
        if picture[at + 4 : at + 8] in DRAWING:
            parts.append(picture[at:end])
        at = end
    return b"".join(parts)


def _wrapped(picture: bytes) -> bytes:
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    return WRAPPED.format(width=width, height=height, data=base64.b64encode(picture).decode()).encode()
