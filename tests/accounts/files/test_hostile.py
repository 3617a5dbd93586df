"""Files that mean harm, or are not what they say: refused with a sentence, or harmless in what is kept of them."""

import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.utils import translation
from PIL import Image, PngImagePlugin

from accounts.exceptions import FileRefused
from accounts.judging import MAX_MB, MAX_NAME, cleaned_name
from accounts.models import File
from accounts.services.files import keep
from passport.lib import photos
from tests.given import pdf, picture, upload

SECRET = b"SECRET-PLACE-48.8584N"


def exif(**values) -> bytes:
    data = Image.Exif()
    for tag, value in values.items():
        data[int(tag[1:])] = value
    return data.tobytes()


def text_chunk() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode())
    return info


def bytes_of(file: File) -> bytes:
    names = file.stored_names
    found = b""
    for name in names:
        with default_storage.open(name) as kept:
            found += kept.read()
    return found


def bomb() -> bytes:
    """A PNG of 100 million pixels in some kilobytes."""

    def chunk(name, content):
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(10_001) * 100, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


METADATA = {
    "jpeg exif": picture("JPEG", exif=exif(_271=SECRET.decode(), _34853={1: "N"})),
    "jpeg comment": picture("JPEG", comment=SECRET),
    "jpeg profile": picture("JPEG", icc_profile=SECRET * 20),
    "png text": picture("PNG", pnginfo=text_chunk()),
    "png profile": picture("PNG", icc_profile=SECRET * 20),
    "png exif": picture("PNG", exif=exif(_271=SECRET.decode())),
    "webp exif": picture("WEBP", exif=exif(_271=SECRET.decode())),
    "webp profile": picture("WEBP", icc_profile=SECRET * 20),
    "webp xmp": picture("WEBP", xmp=SECRET),
    "what follows a picture": picture("PNG") + SECRET,
}


@pytest.mark.parametrize("name", METADATA)
def test_nothing_but_the_picture_is_kept(name, alice):
    raw = METADATA[name]
    file = keep(owner=alice, upload=upload(raw))

    kept = bytes_of(file)
    assert SECRET not in kept
    with default_storage.open(file.content.name) as content:
        image = Image.open(content)
        assert {"exif", "icc_profile", "comment", "Comment", "xmp"} & set(image.info) == set()


def test_the_metadata_of_these_pictures_was_there():
    assert [name for name, raw in METADATA.items() if SECRET not in raw and "profile" not in name] == []
    assert all(
        "icc_profile" in Image.open(io.BytesIO(raw)).info
        for name, raw in METADATA.items()
        if "profile" in name
    )


def test_a_picture_taken_sideways_stands_upright(alice):
    raw = picture("JPEG", size=(300, 200), exif=exif(_274=6))

    file = keep(owner=alice, upload=upload(raw))

    assert (file.width, file.height) == (200, 300)


@pytest.mark.parametrize(
    "mode, color", [("P", 3), ("L", 99), ("LA", (99, 9)), ("1", 1), ("I;16", 9), ("RGBA", (1, 2, 3, 4))]
)
def test_every_kind_of_png_is_drawn(mode, color, alice):
    assert keep(owner=alice, upload=upload(picture("PNG", mode=mode, color=color))).is_picture


def test_a_picture_for_print_is_drawn_for_screens(alice):
    file = keep(owner=alice, upload=upload(picture("JPEG", mode="CMYK", color=(0, 200, 200, 0))))

    with default_storage.open(file.content.name) as kept:
        assert Image.open(kept).mode == "RGB"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_an_animation_the_first_frame_is_kept(kind, alice):
    frames = [Image.new("RGB", (60, 60), color) for color in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)

    file = keep(owner=alice, upload=upload(out.getvalue()))

    with default_storage.open(file.content.name) as kept:
        image = Image.open(kept)
        assert getattr(image, "n_frames", 1) == 1
        assert image.convert("RGB").getpixel((30, 30))[0] > 200


REFUSED = {
    "nothing": (b"", "vide.png"),
    "a bomb": (bomb(), "a.png"),
    "a truncated jpeg": (picture("JPEG", size=(900, 900))[:-2_000], "a.jpg"),
    "a truncated png": (picture("PNG", size=(900, 900))[:400], "a.png"),
    "a truncated webp": (picture("WEBP")[:40], "a.webp"),
    "a header alone": (b"\x89PNG\r\n\x1a\n", "a.png"),
    "an svg as png": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.png"),
    "html as jpeg": (b"<!doctype html><script>alert(1)</script>", "a.jpg"),
    "a gif": (picture("GIF", mode="P", color=1), "a.gif"),
    "a gif with a jar": (picture("GIF", mode="P", color=1) + b"PK\x03\x04", "a.gif"),
    "a zip": (b"PK\x03\x04" + bytes(100), "a.docx"),
    "a pdf behind html": (b"<html><script>alert(1)</script>" + pdf(), "a.pdf"),
    "a pdf that says it only": (b"%PDF-1.7\n<html></html>\n%%EOF", "a.pdf"),
    "a truncated pdf": (pdf(3)[:300], "a.pdf"),
    "a pdf without pages": (pdf(0), "a.pdf"),
    "a locked pdf": (pdf(password="secret"), "a.pdf"),
    "text": (b"bonjour", "a.txt"),
    "a program": (b"MZ" + bytes(100), "a.pdf"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_leaves_nothing_and_a_sentence(name, alice):
    content, given = REFUSED[name]

    with pytest.raises(FileRefused) as refusal:
        keep(owner=alice, upload=upload(content, given))

    assert str(refusal.value).endswith(".")
    assert not File.objects.exists()
    assert not default_storage.exists("files")


def test_too_heavy_a_file_is_refused_before_it_is_read(alice):
    heavy = upload(b"%PDF-")
    heavy.size = MAX_MB * 1024 * 1024 + 1
    heavy.file = None

    with pytest.raises(FileRefused, match="10 M"):
        keep(owner=alice, upload=heavy)


def test_the_bound_on_pixels_is_said_before_they_are_drawn(monkeypatch, alice):
    monkeypatch.setattr(photos, "first_frame", None)

    with pytest.raises(FileRefused, match="10000 × 10000"):
        keep(owner=alice, upload=upload(bomb()))


def test_a_progressive_jpeg_has_the_bound_of_what_is_held_whole(monkeypatch, alice):
    monkeypatch.setattr(photos, "MAX_PIXELS", 1_000)
    plain, progressive = picture(size=(50, 40)), picture(size=(50, 40), progressive=True)

    assert keep(owner=alice, upload=upload(plain)).is_picture
    with pytest.raises(FileRefused, match="50 × 40"):
        keep(owner=alice, upload=upload(progressive))


def test_a_photograph_in_png_is_kept_lighter(monkeypatch, alice):
    monkeypatch.setattr(photos, "MAX_PNG", 10)

    file = keep(owner=alice, upload=upload(picture("PNG"), "photo.png"))

    assert (file.media_type, file.name) == ("image/webp", "photo.png.webp")


def test_a_picture_that_is_a_program_too_loses_the_program(alice):
    file = keep(owner=alice, upload=upload(picture("JPEG") + b"PK\x03\x04" + SECRET, "a.jpg"))

    assert SECRET not in bytes_of(file)


def test_a_pdf_that_is_a_page_too_is_kept_as_a_pdf(alice):
    """It is only ever downloaded, as a PDF: see the tests of serving."""
    raw = pdf(text="<html><script>alert(1)</script>")

    assert keep(owner=alice, upload=upload(raw, "page.html")).name == "page.html.pdf"


@pytest.mark.parametrize(
    "given, name",
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\alice\\rapport.pdf", "rapport.pdf"),
        ("rapport\u202efdp.exe", "rapportfdp.exe.pdf"),
        ("a\u200bb\u0000c\nd.pdf", "abc d.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("....pdf", "pdf.pdf"),
        ("/", "file.pdf"),
        ("RAPPORT.PDF", "RAPPORT.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("a;b\"c'd.pdf", "a;b\"c'd.pdf"),
        ("x" * 300 + ".pdf", "x" * (MAX_NAME - 4) + ".pdf"),
        ("x" * 300, "x" * (MAX_NAME - 4) + ".pdf"),
    ],
)  # fmt: skip
def test_names_are_cleaned(given, name):
    with translation.override("en"):
        cleaned = cleaned_name(given, "PDF")

    assert cleaned.lower() == name.lower()
    assert len(cleaned) <= MAX_NAME
