"""Documents inside pictures: whatever the organiser's picture is, what is baked is read back."""

import base64
import io
import re
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from badges import baking, pictures
from badges.formats import containers, png, svg
from passport.lib import images
from tests.cost import peak, within
from tests.factories import BadgeClassFactory
from tests.signed import drawn, signed, stored_picture

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#c33"/></svg>'


def baked(image: str, extension: str, version: str = "2", *, public: bool = True) -> tuple[bytes, str]:
    award = signed(public=True, badge_class=BadgeClassFactory(image=image))
    file = baking.file_of(award, award.documents, extension=extension, version=version, public=public)
    return file.content(), file.text


def chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")


def kinds(picture: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(picture):
        found.append(picture[at + 4 : at + 8])
        at += 12 + int.from_bytes(picture[at : at + 4], "big")
    return found


@pytest.mark.parametrize("original", ["png", "svg"])
@pytest.mark.parametrize("extension", ["png", "svg"])
@pytest.mark.parametrize("version, public", [("2", True), ("2", False), ("3", True)])
def test_every_form_is_read_back_byte_for_byte(original, extension, version, public):
    image = stored_picture() if original == "png" else pictures.store(SVG)

    content, text = baked(image, extension, version, public=public)

    (found,) = containers.find(content)
    assert found.container == extension
    assert found.text == text
    images.read_badge_image(content)  # and it is a picture that this site itself would take


def test_a_drawing_stays_a_drawing_and_says_where_it_is_verified():
    content, text = baked(pictures.store(SVG), "svg")

    (address,) = re.findall(rb'verify="([^"]+)"', content)
    assert address.decode() in text
    assert b'<circle cx="5" cy="5" r="4" fill="#c33"></circle>' in content
    assert svg.texts(content) == [("2", text)]


def test_a_drawing_with_a_credential_names_no_address():
    content, _text = baked(pictures.store(SVG), "svg", "3")

    assert b"verify=" not in content


def test_a_picture_is_wrapped_whole():
    content, _text = baked(stored_picture(side=120), "svg")

    (data,) = re.findall(rb"base64,([^\"]+)", content)
    picture = Image.open(io.BytesIO(base64.b64decode(data)))
    assert picture.size == (120, 120)
    assert picture.tobytes() == Image.open(io.BytesIO(drawn(side=120))).tobytes()
    assert b'viewBox="0 0 120 120"' in content


def test_only_what_draws_stays_of_a_picture():
    """EXIF with its place, texts of every kind, the time, and what no standard names."""
    plain = drawn(side=100)
    said = [
        chunk(b"eXIf", b"MM\0*GPS"),
        chunk(b"tEXt", b"Author\0Olga"),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"Olga")),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>"),
        chunk(b"tIME", b"\x07\xe3\x07\x03\x0c\x00\x00"),
        chunk(b"prVW", b"Olga"),
    ]
    kept = [chunk(b"gAMA", (45455).to_bytes(4, "big")), chunk(b"pHYs", b"\0\0\x0b\x13\0\0\x0b\x13\x01")]

    content, _text = baked(pictures.store(plain[:33] + b"".join(kept + said) + plain[33:]), "png")

    assert kinds(content) == [b"IHDR", b"iTXt", b"gAMA", b"pHYs", b"IDAT", b"IEND"]
    assert b"Olga" not in content


def test_a_badge_that_was_in_the_organisers_picture_is_not_in_ours():
    image = pictures.store(
        png.bake(drawn(), keyword="openbadges", text='{"id":"https://ailleurs.example/1"}')
    )

    content, text = baked(image, "png")

    assert png.texts(content) == [("openbadges", text)]


@pytest.mark.parametrize("extension", ["png", "svg"])
def test_a_heavy_picture_gives_way_to_the_one_drawn_from_it(extension):
    noise = Image.effect_noise((2000, 2000), 90)
    out = io.BytesIO()
    noise.save(out, "PNG", compress_level=1)
    assert len(out.getvalue()) > baking.HEAVIEST
    image = pictures.store(out.getvalue())

    content, text = baked(image, extension)

    assert len(content) < 2 * MEGABYTE
    assert containers.find(content)[0].text == text


@pytest.mark.parametrize("extension", ["png", "svg"])
def test_a_damaged_picture_gives_way_to_the_one_drawn_from_it(extension, caplog):
    image = stored_picture()
    default_storage.delete(pictures.path(image))
    default_storage.save(pictures.path(image), ContentFile(drawn()[:-30]))

    content, text = baked(image, extension)

    assert containers.find(content)[0].text == text
    assert images.read_badge_image(content).picture.size == ((440, 440) if extension == "png" else (880, 880))
    assert "cannot carry a badge" in caplog.text


def test_a_picture_that_is_gone_carries_nothing():
    with pytest.raises(baking.NoSuchFile):
        baked("0" * 64 + ".png", "png")


@pytest.mark.parametrize("extension, version", [("jwt", "2"), ("jws", "3"), ("pdf", "2"), ("json", "4")])
def test_there_are_no_other_files(extension, version):
    award = signed(public=True)

    with pytest.raises(baking.NoSuchFile):
        baking.file_of(award, award.documents, extension=extension, version=version, public=True)


@pytest.mark.parametrize("extension", ["png", "svg"])
def test_the_heaviest_picture_is_baked_within_bounds(extension):
    """Of what the image store takes, 3 MB at most are baked: a tenth of a second, a few copies."""
    filler = chunk(b"iCCP", b"x\0\0" + bytes(baking.HEAVIEST - 10_000))
    raw = drawn()
    image = "1" * 64 + ".png"
    default_storage.save(pictures.path(image), ContentFile(raw[:33] + filler + raw[33:]))
    award = signed(public=True, badge_class=BadgeClassFactory(image=image))
    file = baking.file_of(award, award.documents, extension=extension, version="3", public=True)

    def bake() -> bytes:
        baking.kept.clear()
        return file.content()

    assert containers.find(within(0.5, bake))[0].text == file.text
    assert peak(bake) < 50 * MEGABYTE


def test_what_is_baked_is_kept_while_nothing_of_it_changes(monkeypatch):
    award = signed(public=True, badge_class=BadgeClassFactory(image=stored_picture()))
    made = []
    monkeypatch.setattr(png, "bake", lambda picture, **said: made.append(said) or b"baked")

    def content():
        return baking.file_of(award, award.documents, extension="png", version="2", public=True).content()

    assert [content(), content(), len(made)] == [b"baked", b"baked", 1]
    award.documents.hosted = award.documents.hosted.replace("Assertion", "Changed")
    content()
    assert len(made) == 2
    baking.kept.clear()
    content()
    assert len(made) == 3


def test_large_files_are_not_kept(monkeypatch):
    made = []
    monkeypatch.setattr(png, "bake", lambda picture, **said: made.append(said) or b"0" * 256 * 1024 + b"0")
    award = signed(public=True, badge_class=BadgeClassFactory(image=stored_picture()))
    file = baking.file_of(award, award.documents, extension="png", version="2", public=True)

    assert file.content() == file.content()
    assert len(made) == 2


def test_what_is_kept_is_bounded():
    baking.kept.clear()
    for number in range(200):
        baking.kept.set(str(number), b"0" * baking.KEPT_BYTES)

    assert len(baking.kept._cache) <= 64
    assert baking.kept.get("199") is not None
    baking.kept.clear()


def test_baking_is_quick():
    award = signed(public=True, badge_class=BadgeClassFactory(image=stored_picture(side=1000)))
    file = baking.file_of(award, award.documents, extension="png", version="3", public=True)

    def bake() -> None:
        baking.kept.clear()
        file.content()

    within(0.1, bake)
