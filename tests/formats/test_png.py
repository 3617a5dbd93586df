"""Badges in PNG files: what is baked is read back, what others baked is read, what is broken is refused."""

import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from badges.formats import png
from badges.formats.errors import FormatError
from tests.formats.made import END, PIXELS, chunk, header, itxt, text, ztxt
from tests.formats.made import png as made
from tests.formats.refusals import code, megabytes, refusal

VECTORS = Path(__file__).parents[1] / "vectors" / "ob20"
HEART = (VECTORS / "bakery-python" / "public_domain_heart.png").read_bytes()
JSON = '{"@context":"https://w3id.org/openbadges/v2","name":"Été"}'
# All that UTF-8 can hold, but NUL.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def kinds(picture: bytes) -> list[bytes]:
    """Names of the chunks, read independently of the code under test."""
    found, at = [], 8
    while at < len(picture):
        found.append(picture[at + 4 : at + 8])
        at += 12 + int.from_bytes(picture[at : at + 4], "big")
    return found


# Baking


@given(TEXTS, st.sampled_from(["openbadges", "openbadgecredential"]))
def test_what_is_baked_is_read_back_byte_for_byte(badge, keyword):
    assert png.texts(png.bake(HEART, keyword=keyword, text=badge)) == [(keyword, badge)]


def test_the_badge_is_one_uncompressed_itxt_after_the_header():
    baked = png.bake(made(), keyword="openbadges", text="{}")

    assert baked == made(chunk(b"iTXt", b"openbadges\0\0\0\0\0{}"))


def test_the_mark_of_1edtech_s_own_picture_is_written_alike():
    judged = (VECTORS / "1edtech-validator" / "simple-badge.png").read_bytes()
    [(keyword, badge)] = png.texts(judged)

    assert png.bake(judged, keyword=keyword, text=badge) == judged


def test_the_same_badge_gives_the_same_bytes():
    once = png.bake(HEART, keyword="openbadgecredential", text=JSON)

    assert png.bake(HEART, keyword="openbadgecredential", text=JSON) == once
    assert png.bake(once, keyword="openbadgecredential", text=JSON) == once


def test_older_badges_of_any_kind_leave_and_all_else_stays():
    kept = [
        text(b"x", b"Comment"),
        text(b"y", b"openbadgesque"),
        ztxt(b"z", b"openbadge s"),
        chunk(b"eXIf", b"e"),
    ]
    olds = [
        itxt(b"1"),
        text(b"2"),
        ztxt(b"3", b"openbadge"),
        itxt(b"4", b"openbadgecredential", compressed=True),
    ]
    picture = made(olds[0], kept[0], olds[1], kept[1], olds[2], kept[2], kept[3], olds[3])

    assert png.bake(picture, keyword="openbadges", text="5") == made(itxt(b"5"), *kept)


def test_pixels_do_not_change():
    baked = png.bake(HEART, keyword="openbadges", text=JSON)
    before, after = Image.open(io.BytesIO(HEART)), Image.open(io.BytesIO(baked))

    assert after.tobytes() == before.tobytes()
    assert after.text == {"openbadges": JSON}
    assert kinds(baked) == [b"IHDR", b"iTXt", *kinds(HEART)[1:]]


@pytest.mark.parametrize(
    "badge, reason",
    [
        ("a\0b", "text-forbidden"),
        ("\ud800", "text-forbidden"),
        ("é" * (128 * 1024) + "x", "png-text-too-long"),
    ],
)
def test_what_could_not_be_read_back_is_not_baked(badge, reason):
    assert code(png.bake, HEART, keyword="openbadges", text=badge) == reason


def test_the_longest_text_is_baked():
    longest = "é" * (128 * 1024)

    assert png.texts(png.bake(HEART, keyword="openbadges", text=longest)) == [("openbadges", longest)]


def test_a_broken_picture_is_not_baked():
    assert code(png.bake, HEART[:-1], keyword="openbadges", text="{}") == "png-broken"


# Reading


@pytest.mark.parametrize(
    "carrier",
    [
        itxt(b"https://a.example/1"),
        itxt(b"https://a.example/1", compressed=True),
        text(b"https://a.example/1"),
        ztxt(b"https://a.example/1"),
        chunk(b"iTXt", b"openbadges\0\0\0fr\0Insigne\0https://a.example/1"),
    ],
    ids=["iTXt", "compressed iTXt", "tEXt", "zTXt", "iTXt in a language"],
)
def test_every_textual_chunk_is_read(carrier):
    assert png.texts(made(carrier)) == [("openbadges", "https://a.example/1")]


def test_badges_come_in_their_order_wherever_they_are():
    picture = made(itxt(b"3", b"openbadgecredential"), text(b"1", b"openbadge"))
    late = picture.removesuffix(END) + itxt(b"2") + END

    assert png.texts(late) == [("openbadgecredential", "3"), ("openbadge", "1"), ("openbadges", "2")]


def test_a_picture_without_badge_holds_none():
    assert png.texts(HEART) == []
    assert png.texts(made(text(b"x", b"Comment"), text(b"x", b"OpenBadges"))) == []


@pytest.mark.parametrize(
    "raw, read", [("é".encode(), "é"), ("é".encode("latin-1"), "é")], ids=["as bakers do", "by the standard"]
)
def test_text_is_read_in_the_encoding_that_it_is_in(raw, read):
    assert png.texts(made(text(raw))) == [("openbadges", read)]
    assert png.texts(made(ztxt(raw))) == [("openbadges", read)]


def test_an_international_text_that_is_not_in_utf8_is_refused():
    assert code(png.texts, made(itxt("é".encode("latin-1")))) == "text-not-utf8"


@pytest.mark.parametrize(
    "carrier",
    [
        chunk(b"iTXt", b"openbadges\0\0\0"),
        chunk(b"iTXt", b"openbadges\0\0\0fr\0no end"),
        chunk(b"iTXt", b"openbadges\0\2\0\0\0flag"),
        chunk(b"iTXt", b"openbadges\0\1\1\0\0" + zlib.compress(b"method")),
        chunk(b"iTXt", b"openbadges\0\1\0\0\0not deflated"),
        chunk(b"zTXt", b"openbadges\0\1" + zlib.compress(b"method")),
        chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"cut short")[:-5]),
        chunk(b"zTXt", b"openbadges\0"),
    ],
)
def test_a_badge_that_cannot_be_unpacked_is_refused(carrier):
    assert code(png.texts, made(carrier)) == "png-broken"


# Bounds


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        HEART[:-1],
        HEART[:-12],
        HEART[:40],
        HEART + b"x",
        HEART + itxt(b"{}"),
        HEART[8:],
        made(header()),
        png.SIGNATURE + itxt(b"{}") + header() + PIXELS + END,
        png.SIGNATURE + header() + END,
        png.SIGNATURE + chunk(b"IHDR", b"\0\0\0\1\0\0\0\1") + PIXELS + END,
        made(END),
        made(itxt(b"{}")[:-1] + b"!"),
        made(b"\xff\xff\xff\xff" + itxt(b"{}")[4:]),
        made(width=0),
        made(*[text(b"", b"c")] * 10_000),
    ],
    ids=[
        "nothing", "signature", "a byte short", "no end", "cut", "a byte after the end", "a badge after the end",
        "no signature", "two headers", "header second", "no pixels", "short header", "two ends", "wrong checksum",
        "length beyond the end", "no width", "too many chunks",
    ],
)  # fmt: skip
def test_a_broken_picture_is_refused(picture):
    assert code(png.texts, picture) == "png-broken"


def test_a_picture_of_many_chunks_is_read():
    assert png.texts(made(*[text(b"", b"c")] * 9_996, itxt(b"{}"))) == [("openbadges", "{}")]


@pytest.mark.parametrize(
    "width, height", [(20_000, 20_000), (10_001, 1), (1, 10_001), (8_000, 5_001), (2**31, 1), (1, 2**32 - 1)]
)
def test_a_huge_picture_is_refused_by_its_header(width, height):
    refused = refusal(png.texts, made(itxt(b"{}"), width=width, height=height))

    assert (refused.code, refused.params) == ("png-too-big", {"width": str(width), "height": str(height)})


@pytest.mark.parametrize("width, height", [(10_000, 4_000), (8_000, 5_000), (2_000, 2_000)])
def test_a_large_picture_is_read(width, height):
    assert png.texts(made(itxt(b"{}"), width=width, height=height)) == [("openbadges", "{}")]


def test_a_heavy_file_is_refused_before_it_is_read():
    heavy = made(chunk(b"IDAT", bytes(5 * 1024 * 1024)))

    assert code(png.texts, heavy) == "file-too-big"
    assert code(png.bake, heavy, keyword="openbadges", text="{}") == "file-too-big"


@pytest.mark.parametrize("pack", [ztxt, lambda raw: itxt(raw, compressed=True)], ids=["zTXt", "iTXt"])
def test_a_bomb_is_inflated_up_to_its_bound_only(pack):
    bomb = made(pack(bytes(200_000_000)))

    assert code(png.texts, bomb) == "png-text-too-long"
    assert megabytes(png.texts, bomb) < 4


@pytest.mark.parametrize("pack", [itxt, text, ztxt, lambda raw: itxt(raw, compressed=True)])
def test_a_text_is_bounded_however_it_is_packed(pack):
    assert png.texts(made(pack(b"a" * 256 * 1024))) == [("openbadges", "a" * 256 * 1024)]
    assert code(png.texts, made(pack(b"a" * (256 * 1024 + 1)))) == "png-text-too-long"


def test_a_crowd_of_small_bombs_is_not_inflated():
    assert code(png.texts, made(*[ztxt(bytes(256 * 1024))] * 9)) == "badge-twice"
    assert len(png.texts(made(*[ztxt(b"a")] * 8))) == 8


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw):
    for candidate in (raw, png.SIGNATURE + raw, made(chunk(b"iTXt", b"openbadges\0" + raw))):
        try:
            png.texts(candidate)
        except FormatError:
            continue


@settings(max_examples=300)
@given(st.data())
def test_a_picture_changed_anywhere_is_refused_or_still_whole(data):
    """Every byte is under a checksum or in the frame; what passes is what was baked."""
    baked = bytearray(png.bake(HEART, keyword="openbadges", text=JSON))
    at = data.draw(st.integers(0, len(baked) - 1))
    baked[at] ^= data.draw(st.integers(1, 255))

    assert code(png.texts, bytes(baked)) in {"png-broken", "png-too-big"}
