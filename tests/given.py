"""Files as people give them, and as they come back."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

RED = (200, 16, 46)


def picture(kind="JPEG", size=(300, 200), mode="RGB", color=RED, **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, kind, **options)
    return out.getvalue()


def pdf(pages=1, password="", text="") -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if text:
        writer.add_metadata({"/Title": text})
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def upload(content: bytes, name="photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def received(answer) -> bytes:
    """The body, read to its end: the test client then closes the file, and leaves the database open."""
    return b"".join(answer)
