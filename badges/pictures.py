"""The image store: what organisers upload, checked, named by its content, with the smaller pictures made from it."""

import hashlib
import re

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from passport.lib import images

FOLDER = "badges"
# Names of the pictures made from an original, by what follows its hash.
VARIANTS = {"264.webp": (264, "WEBP"), "440.webp": (440, "WEBP"), "440.png": (440, "PNG")}
# Only these are served: the original may carry what its camera wrote (EXIF, place), they do not.
VARIANT_NAME = re.compile(r"[0-9a-f]{64}-(?P<suffix>264\.webp|440\.webp|440\.png)")
TYPES = {"WEBP": "image/webp", "PNG": "image/png"}


def store(raw: bytes) -> str:
    """Keeps a PNG as it is, or an SVG sanitised, and returns its name. Raises `images.ImageRefused` with a sentence."""
    original = images.read_badge_image(raw)
    digest = hashlib.sha256(original.content).hexdigest()
    name = f"{digest}.{original.extension}"
    _write(name, original.content)
    for suffix, (size, kind) in VARIANTS.items():
        _write(f"{digest}-{suffix}", images.square(original.picture, size, kind))
    return name


def variant(name: str, suffix: str) -> str:
    return f"{name[:64]}-{suffix}"


def read_variant(file_name: str) -> tuple[bytes, str] | None:
    """Content and type of a picture made here; None for any other name, and for a picture that is not there."""
    match = VARIANT_NAME.fullmatch(file_name)
    if match is None:
        return None
    try:
        with default_storage.open(path(file_name)) as file:
            return file.read(), TYPES[VARIANTS[match["suffix"]][1]]
    except FileNotFoundError:
        return None


def path(file_name: str) -> str:
    return f"{FOLDER}/{file_name[:2]}/{file_name}"


def _write(file_name: str, content: bytes) -> None:
    if not default_storage.exists(path(file_name)):
        default_storage.save(path(file_name), ContentFile(content))
