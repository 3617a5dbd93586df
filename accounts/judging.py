"""What a file that a person gives is: judged by its bytes, never by its name or by what the browser says."""

import unicodedata
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from accounts.enums import FileKind
from accounts.exceptions import FileRefused
from passport.lib import papers, photos
from passport.lib.folding import clean
from passport.lib.images import ImageRefused

MAX_MB = 10
MAX_NAME = 160
# Media type and extensions of what is kept, the usual extension first.
TYPES = {
    "PNG": ("image/png", (".png",)),
    "JPEG": ("image/jpeg", (".jpg", ".jpeg")),
    "WEBP": ("image/webp", (".webp",)),
    "PDF": ("application/pdf", (".pdf",)),
}


@dataclass(frozen=True)
class Judged:
    """`content` as it is kept; `picture` is what smaller ones are made from, None for a document."""

    format: str
    content: bytes
    picture: Image.Image | None = None

    @property
    def kind(self) -> FileKind:
        return FileKind.PICTURE if self.picture else FileKind.DOCUMENT

    @property
    def media_type(self) -> str:
        return TYPES[self.format][0]


def judge(upload: UploadedFile, *, only_picture: bool) -> Judged:
    """Raises FileRefused."""
    if (upload.size or 0) > MAX_MB * 1024 * 1024:
        raise FileRefused(
            _("This file is heavier than %(most)s MB. Reduce it and try again.") % {"most": MAX_MB}
        )
    raw = upload.read()
    if not raw:
        raise FileRefused(_("This file is empty. Choose another."))
    try:
        return _judged(raw, only_picture)
    except (ImageRefused, papers.PaperRefused) as refusal:
        raise FileRefused(str(refusal)) from refusal


def cleaned_name(given: str, format_: str) -> str:
    """A name for people, on one line, without folders; its extension is what the file is."""
    name = clean(unicodedata.normalize("NFC", given)).replace("\\", "/").rpartition("/")[2].strip(". ")
    extensions = TYPES[format_][1]
    known = next((end for end in extensions if name.lower().endswith(end)), "")
    stem = name[: len(name) - len(known)].strip(". ") or _("file")
    suffix = known or extensions[0]
    return stem[: MAX_NAME - len(suffix)].strip() + suffix


def _judged(raw: bytes, only_picture: bool) -> Judged:
    if kind := photos.kind_of(raw):
        photo = photos.read_photo(raw, kind)
        return Judged(photo.kind, photo.content, photo.picture)
    if only_picture:
        raise FileRefused(_("This file is not a PNG, JPEG or WEBP picture. Choose a picture."))
    if papers.looks_like_pdf(raw):
        papers.check_pdf(raw)
        return Judged("PDF", raw)
    raise FileRefused(
        _(
            "Only pictures (PNG, JPEG, WEBP) and PDF files are kept here. Export this file as PDF and try again."
        )
    )
