"""Pictures of badges from elsewhere: copied into the image store, so that they outlive their issuer's server."""

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from django.conf import settings

from badges import pictures
from badges.formats import containers
from badges.formats.documents import Documents
from badges.formats.errors import FormatError, Unreachable
from badges.formats.reading import addresses
from passport.lib import images

NEUTRAL = Path("static") / "img" / "unknown-badge.svg"
ACCEPT = "image/png, image/svg+xml;q=0.9"
BYTES = 5 * 1024 * 1024
PREVIEW_SIDE = 176


@dataclass(frozen=True)
class Copied:
    """Names in the image store. `said`: the picture that the issuer's documents name, empty when it cannot be had;
    `shown`: that one, else the one that carries the badge, else a neutral one."""

    said: str
    shown: str

    @property
    def of_class(self) -> str:
        """What everybody sees of a proved issuer's badge: the picture of somebody's file is no word of the issuer."""
        return self.said or pictures.store(neutral())


def copied(image: str, original: bytes, documents: Documents) -> Copied:
    """Copies the picture of a badge: `image` as its documents name it (an address or `data:`), `original` its file."""
    said = _stored(said_by(image, documents))
    return Copied(said, said or _stored(carrier(original)) or pictures.store(neutral()))


def preview(image: str, original: bytes) -> str:
    """A small picture drawn again, as `data:`, without asking anybody; empty when there is none."""
    return drawn_again(said_by(image, None) or carrier(original))


def drawn_again(raw: bytes) -> str:
    """A picture as a small one of ours, as `data:`; empty when it cannot be drawn."""
    try:
        small = images.square(images.read_badge_image(raw).picture, PREVIEW_SIDE, "WEBP")
    except images.ImageRefused:
        return ""
    return f"data:image/webp;base64,{base64.b64encode(small).decode()}"


def said_by(image: str, documents: Documents | None) -> bytes:
    """The bytes of a picture; empty when they cannot be had."""
    if image.startswith("data:"):
        return _inline(image)
    if documents is None or not addresses.is_web(image):
        return b""
    try:
        answer = documents.get(image, accept=ACCEPT, limit=BYTES)
    except Unreachable:
        return b""
    return answer.content if answer.status == 200 else b""


def carrier(original: bytes) -> bytes:
    """The picture that carries the badge; empty when it came in another way."""
    try:
        return containers.find(original)[0].picture
    except FormatError:
        return b""


def neutral() -> bytes:
    return (settings.BASE_DIR / NEUTRAL).read_bytes()


def _stored(raw: bytes) -> str:
    try:
        return pictures.store(raw) if raw else ""
    except images.ImageRefused:
        return ""


def _inline(image: str) -> bytes:
    """The bytes of a `data:` address (RFC 2397)."""
    head, _comma, data = image.partition(",")
    try:
        return (
            base64.b64decode(unquote_to_bytes(data), validate=True)
            if head.endswith(";base64")
            else unquote_to_bytes(data)
        )
    except (binascii.Error, ValueError):
        return b""
