import base64
import io
import resource
import struct
import time
import zlib

import pytest
from PIL import Image, PngImagePlugin

from passport.lib import images
from passport.lib.images import ImageRefused, read_badge_image, square
from tests.cost import peak, within

RED = (200, 16, 46)


def png(size=(120, 120), mode="RGB", color=RED, **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, "PNG", **options)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def insert(raw: bytes, *chunks: bytes) -> bytes:
    """`raw` with more chunks after its IHDR."""
    return raw[:33] + b"".join(chunks) + raw[33:]


def header(width: int, height: int) -> bytes:
    return images.PNG_SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))


ZEROS = zlib.compress(bytes(50_000_000), 9)
ITXT = b"openbadges\0\1\0\0\0" + ZEROS
ORDINARY = {
    "rgb": png(),
    "transparent": png(mode="RGBA", color=(*RED, 128)),
    "palette": png(mode="P", color=3),
    "grey": png(mode="L", color=99),
    "grey, 16 bits": png(mode="I;16", color=256 * 99),
    "grey with alpha": png(mode="LA", color=(99, 9)),
    "two colours": png(mode="1", color=1),
    "2000 square": png(size=(2000, 2000)),
    "baked": insert(png(), chunk(b"iTXt", b'openbadges\0\0\0\0\0{"id": "https://exemple.fr/a"}')),
}


def interlaced() -> bytes:
    """Pillow writes none: one pass of Adam7 is enough for a picture whose first pixel is all there is."""
    width = height = 96
    passes = [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ]
    rows = b""
    for x, y, step_x, step_y in passes:
        columns = len(range(x, width, step_x))
        rows += (b"\0" + bytes(RED) * columns) * len(range(y, height, step_y))
    ihdr = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1)
    return (
        images.PNG_SIGNATURE
        + chunk(b"IHDR", ihdr)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def sixteen_bits() -> bytes:
    width = height = 96
    rows = (b"\0" + b"".join(bytes((value, 0)) for value in RED) * width) * height
    ihdr = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    return (
        images.PNG_SIGNATURE
        + chunk(b"IHDR", ihdr)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("raw", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_pngs_are_kept_byte_for_byte(raw):
    image = read_badge_image(raw)

    assert (image.content, image.extension) == (raw, "png")
    assert image.picture.mode == "RGBA"
    assert max(image.picture.size) <= images.DRAWN_SIDE


@pytest.mark.parametrize("raw", [png(), interlaced(), sixteen_bits()], ids=["rgb", "interlaced", "16 bits"])
def test_colours_are_right(raw):
    assert read_badge_image(raw).picture.getpixel((60, 60)) == (*RED, 255)


def test_sixteen_bits_of_grey_are_scaled_not_cut_off():
    assert read_badge_image(ORDINARY["grey, 16 bits"]).picture.getpixel((60, 60)) == (99, 99, 99, 255)


def test_a_transparent_picture_stays_transparent():
    assert read_badge_image(ORDINARY["transparent"]).picture.getpixel((60, 60)) == (*RED, 128)


def test_a_large_picture_that_is_heavy_in_chunks_is_accepted():
    raw = png(size=(300, 300))
    assert read_badge_image(insert(raw, *[chunk(b"tEXt", b"a\0b")] * 5_000)).content.startswith(raw[:33])


REFUSED = {
    "empty": (b"", "not a PNG or SVG"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(500), "not a PNG or SVG"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "not a PNG or SVG"),
    "pdf": (b"%PDF-1.7\n", "not a PNG or SVG"),
    "fits": (b"SIMPLE  =                    T", "not a PNG or SVG"),
    "mvg": (b"push graphic-context\nviewbox 0 0 640 480\n", "not a PNG or SVG"),
    "html": (b"<!doctype html><script>alert(1)</script>", "not a PNG or SVG"),
    "html with svg": (b"<html><svg></svg></html>", "SVG image cannot be used"),
    "heavy": (png() + bytes(images.MAX_BYTES), "heavier than 5 MB"),
    "small": (png(size=(89, 200)), "too small"),
    "no pixels": (header(0, 100), "too small"),
    "20,000 square": (header(20_000, 20_000), "20000 × 20000"),
    "2^31": (header(2**31, 2**31), "2147483648"),
    "one line": (header(1, 20_000_000), "20000000"),
    "signature alone": (images.PNG_SIGNATURE, "too small"),
    "truncated": (png()[:-30], "damaged"),
    "no end": (png()[:-12], "damaged"),
    "no data": (header(100, 100) + chunk(b"IEND", b""), "damaged"),
    "wrong checksum": (png()[:40] + b"\xff" + png()[41:], "damaged"),
    "two headers": (insert(png(), png()[8:33]), "damaged"),
    "header not first": (
        images.PNG_SIGNATURE + chunk(b"tEXt", png()[16:40]) + png()[8:],
        "damaged|measures",
    ),
    "too long a chunk": (insert(png(), struct.pack(">I", 2**31) + b"tEXtabc"), "damaged"),
    "100,000 chunks": (insert(png(), *[chunk(b"tEXt", b"a\0b")] * 100_000), "damaged"),
    "itxt bomb": (insert(png(), chunk(b"iTXt", ITXT)), "damaged"),
    "ztxt bomb": (insert(png(), chunk(b"zTXt", b"a\0\0" + ZEROS)), "damaged"),
    "iccp bomb": (insert(png(), chunk(b"iCCP", b"a\0\0" + ZEROS)), "damaged"),
    "script after the end": (png() + b"<script>alert(1)</script>", "damaged"),
}


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize("raw, sentence", REFUSED.values(), ids=REFUSED)
def test_what_is_not_a_picture_is_refused_quickly_with_a_sentence(raw, sentence):
    def refuse() -> None:
        with pytest.raises(ImageRefused, match=sentence):
            read_badge_image(raw)

    within(2, refuse)
    assert peak(refuse) < 100_000_000


def test_more_pixels_than_announced_are_not_decoded():
    raw = header(100, 100) + chunk(b"IDAT", zlib.compress(bytes(100_000_000), 9)) + chunk(b"IEND", b"")

    assert within(2, lambda: read_badge_image(raw)).picture.size == (100, 100)


def test_the_largest_picture_takes_less_than_two_seconds():
    raw = png(size=(images.MAX_SIDE, images.MAX_SIDE), mode="RGBA", color=(*RED, 200))

    within(2, lambda: read_badge_image(raw))


def test_what_is_made_from_a_picture_carries_nothing_of_its_camera():
    exif = Image.Exif()
    exif[0x010E] = "chez Alice"
    exif.get_ifd(0x8825)[1] = "N"
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Alice")
    raw = png(exif=exif, pnginfo=text)
    assert b"chez Alice" in raw

    for kind in ("PNG", "WEBP"):
        made = square(read_badge_image(raw).picture, 264, kind)
        assert b"Alice" not in made
        assert not Image.open(io.BytesIO(made)).getexif()
        assert not {"exif", "Author"} & set(Image.open(io.BytesIO(made)).info)


def test_square_fits_without_cropping():
    made = Image.open(io.BytesIO(square(read_badge_image(png(size=(200, 100))).picture, 100, "PNG")))

    assert made.size == (100, 100)
    assert made.getpixel((50, 10)) == (0, 0, 0, 0)
    assert made.getpixel((50, 50)) == (*RED, 255)


def svg(inside: str, attributes: str = 'viewBox="0 0 100 100"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def test_an_svg_is_sanitised_and_drawn():
    image = read_badge_image(svg('<rect width="100" height="50" fill="#c8102e" onclick="alert(1)"/>'))

    assert image.extension == "svg"
    assert b"alert" not in image.content
    assert image.picture.size == (880, 880)
    assert image.picture.getpixel((440, 200)) == (*RED, 255)
    assert image.picture.getpixel((440, 700)) == (0, 0, 0, 0)


def test_an_embedded_picture_is_drawn():
    encoded = base64.b64encode(png()).decode()
    image = read_badge_image(svg(f'<image width="100" height="100" href="data:image/png;base64,{encoded}"/>'))

    assert image.picture.getpixel((440, 440)) == (*RED, 255)


def uses(levels: int) -> str:
    """Ten copies of ten copies of …"""
    groups = ['<g id="g0"><rect width="1" height="1"/></g>']
    groups += [f'<g id="g{n + 1}">' + f'<use href="#g{n}"/>' * 10 + "</g>" for n in range(levels)]
    return "".join(groups)


HOSTILE = {
    "uses": svg(uses(9)),
    "endless use": svg('<g id="a"><use href="#a"/></g><pattern id="p" width="9" height="9" fill="url(#p)"/>'),
    "filters": svg(
        '<filter id="f" x="0" y="0" width="1" height="1">'
        + '<feTurbulence baseFrequency="0.9" numOctaves="999"/><feGaussianBlur stdDeviation="9999"/>' * 40
        + '</filter><rect width="100" height="100" filter="url(#f)"/>'
    ),
    "morphology": svg(
        '<filter id="f"><feMorphology radius="9999" operator="dilate"/></filter>'
        '<rect width="100" height="100" filter="url(#f)"/>'
    ),
    "tall": svg("<path/>", 'viewBox="0 0 1 10000000"'),
    "groups": svg('<g opacity=".9"><rect width="100" height="100"/>' * 60 + "</g>" * 60),
    "blurs": svg(
        '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>'
        + '<rect width="90" height="90" filter="url(#f)"/>' * 90
    ),
    "no size": svg("<path/>", 'width="0" height="0"'),
    "huge": svg('<rect width="1e30" height="1e30"/>', 'viewBox="0 0 1e30 1e30"'),
    "nan": svg('<path d="M NaN 1e999 L inf"/>', 'viewBox="nan nan nan nan"'),
    "dashes": svg('<path d="M0 0H99999999" stroke="red" stroke-dasharray="0.0001"/>'),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_drawing_ends_soon_drawn_or_refused(raw):
    start, spent = time.perf_counter(), spent_on_drawings()
    try:
        said = str(read_badge_image(raw).picture.size)
    except ImageRefused as refusal:
        said = str(refusal)

    assert said in {"(880, 880)", "(1, 880)"} or "cannot be drawn" in said
    assert time.perf_counter() - start < images.DRAWING_SECONDS + 20  # it ends, also on a busy machine
    assert spent_on_drawings() - spent < 3.5


def spent_on_drawings() -> float:
    """Seconds of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize(
    "box, size",
    [
        ("0 0 100 30000", (3, 880)),
        ("0 0 30000 100", (880, 3)),
        ("0 0 100 50", (880, 440)),
        ("0 0 50 100", (440, 880)),
    ],
)
def test_a_drawing_fits_into_the_same_square_whatever_its_shape(box, size):
    picture = '<rect width="30000" height="30000" fill="#c8102e"/>'

    assert read_badge_image(svg(picture, f'viewBox="{box}"')).picture.size == size


def test_a_drawing_that_takes_much_memory_is_not_drawn():
    with pytest.raises(ImageRefused, match="cannot be drawn"):
        read_badge_image(HOSTILE["groups"])


@pytest.mark.parametrize("side", [2000, 4096])
def test_a_large_picture_in_a_drawing_has_room(side):
    encoded = base64.b64encode(png(size=(side, side))).decode()

    image = read_badge_image(svg(f'<image width="100" height="100" href="data:image/png;base64,{encoded}"/>'))

    assert image.picture.getpixel((440, 440)) == (*RED, 255)
