"""What a person gives is told by its bytes: picture, document, text or address."""

import csv
import inspect
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badges.formats import containers, markup, pdf, png, svg
from badges.formats.errors import FormatError
from badges.formats.found import Found, Kind
from badges.verification.words import files, sentence
from tests.formats.made import SVG, itxt, pdf_with_files, pdf_with_metadata, text, ztxt
from tests.formats.made import png as made
from tests.formats.refusals import code, refusal

VECTORS = Path(__file__).parents[1] / "vectors"
JSON = '{"@context":"https://w3id.org/openbadges/v2","name":"Été"}'
TOKEN = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"
ADDRESS = "https://a.example/assertions/1?v=2_0#a"


def found(raw: bytes) -> Found:
    [only] = containers.find(raw)
    return only


# Vectors of others

SUFFIXES = {".png", ".svg", ".jwt", ".json", ".1ob", ".html", ""}
TOKENS = {f"ob30/1edtech-validator/simple-jwt{name}" for name in (".png", ".svg", "_v1.png", "_v1.svg")}
ADDRESSES = {
    "ob20/bakery-backpack/404.png": "https://example.org/404",
    "ob20/bakery-backpack/valid-baked.png": "https://example.org/assertion",
    "ob20/bakery-mozilla/no-json.svg": "http://example.org",
}
# Served beside the samples: pictures of classes, a page, an address with a context under it.
NOTHING = {
    "ob20/1edtech-validator/assets/beths-robot-badge.png": "no-badge",
    "ob20/1edtech-validator/assets/robotics-badge.png": "no-badge",
    "ob20/1edtech-validator/assets/beths-robot-work.html": "file-unknown",
    "ob20/1edtech-validator/assets/openbadges_context.json": "file-unknown",
}


def rows() -> list[dict[str, str]]:
    with (VECTORS / "index.csv").open(encoding="utf-8", newline="") as index:
        return [
            row
            for row in csv.DictReader(index)
            if Path(row["file"]).suffix in SUFFIXES and not row["file"].startswith("rdfc10/")
        ]


def reason(row: dict[str, str]) -> str | None:
    return "no-badge" if row["expectation"] == "no-badge" else NOTHING.get(row["file"])


def expected_kind(file: str) -> Kind:
    if file in ADDRESSES:
        return Kind.ADDRESS
    return Kind.JWS if file in TOKENS or file.endswith(".jwt") else Kind.JSON


@pytest.mark.parametrize("row", [row for row in rows() if not reason(row)], ids=lambda row: row["file"])
def test_a_badge_of_others_is_found(row):
    raw = (VECTORS / row["file"]).read_bytes()
    badge = found(raw)
    suffix = Path(row["file"]).suffix[1:]

    assert badge.kind is expected_kind(row["file"])
    assert badge.container == (suffix if suffix in {"png", "svg"} else badge.kind.value)
    assert badge.picture == (raw if suffix in {"png", "svg"} else b"")
    assert badge.also is None
    if row["file"] in ADDRESSES:
        assert badge.text == ADDRESSES[row["file"]]
    elif suffix not in {"png", "svg"}:
        assert badge.text.encode() == raw


@pytest.mark.parametrize("row", [row for row in rows() if reason(row)], ids=lambda row: row["file"])
def test_nothing_is_found_where_there_is_nothing(row):
    assert code(containers.find, (VECTORS / row["file"]).read_bytes()) == reason(row)


def test_the_vectors_are_all_asked():
    assert len(rows()) == 186
    assert sum(reason(row) is not None for row in rows()) == 10


def test_what_others_baked_is_json_but_where_its_row_says_otherwise():
    pictures = [row for row in rows() if Path(row["file"]).suffix in {".png", ".svg"} and not reason(row)]
    unread = []
    for row in pictures:
        badge = found((VECTORS / row["file"]).read_bytes())
        try:
            _ = badge.kind is not Kind.JSON or json.loads(badge.text)
        except ValueError:
            unread.append(row["file"])

    assert unread == ["ob20/bakery-mozilla/bad-json.svg"]


# Pictures


@pytest.mark.parametrize(
    "badge, kind",
    [(JSON, Kind.JSON), (TOKEN, Kind.JWS), (ADDRESS, Kind.ADDRESS)],
    ids=["JSON", "token", "address"],
)
@pytest.mark.parametrize("keyword", ["openbadges", "openbadgecredential", "openbadge"])
def test_a_picture_s_badge_is_found(badge, kind, keyword):
    picture = made(itxt(badge.encode(), keyword.encode()))

    assert containers.find(picture) == [Found("png", kind, badge, picture)]


@pytest.mark.parametrize("version", ["2", "3"])
@pytest.mark.parametrize("badge, kind", [(JSON, Kind.JSON), (TOKEN, Kind.JWS)], ids=["JSON", "token"])
def test_a_drawing_s_badge_is_found(badge, kind, version):
    picture = svg.bake(SVG % b"", version=version, text=badge, verify=ADDRESS)

    assert containers.find(picture) == [Found("svg", kind, badge, picture)]


def test_a_drawing_may_hold_an_address_alone():
    picture = (
        SVG
        % b'<a xmlns="http://openbadges.org"/><assertion xmlns="http://openbadges.org" verify="http://a.b"/>'
    )

    assert containers.find(picture) == [Found("svg", Kind.ADDRESS, "http://a.b", picture)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_drawings_in_other_encodings_are_told(encoding):
    picture = svg.bake(b"\n" + SVG % b"", version="2", text=JSON).decode().encode(encoding)

    assert containers.find(picture) == [Found("svg", Kind.JSON, JSON, picture)]


TWO = b'<o:assertion xmlns:o="http://openbadges.org">{"a":2}</o:assertion>'
THREE = b'<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">{"a":3}</o:credential>'


@pytest.mark.parametrize(
    "container, picture",
    [
        ("png", made(itxt(b'{"a":2}'), itxt(b'{"a":3}', b"openbadgecredential"))),
        ("png", made(itxt(b'{"a":3}', b"openbadgecredential"), text(b'{"a":2}', b"openbadge"))),
        ("svg", SVG % (TWO + THREE)),
        ("svg", SVG % (THREE + TWO)),
    ],
)
def test_of_two_versions_3_0_is_read_first(container, picture):
    old = Found(container, Kind.JSON, '{"a":2}', picture)

    assert containers.find(picture) == [Found(container, Kind.JSON, '{"a":3}', picture, also=old)]


@pytest.mark.parametrize(
    "picture",
    [
        made(itxt(b"{}"), itxt(b"{}")),
        made(itxt(b"{}"), text(b"{}")),
        made(itxt(b"{}"), ztxt(b"{}", b"openbadge")),
        made(itxt(b"{}"), itxt(b"{}", b"openbadgecredential"), itxt(b"{}", b"openbadgecredential")),
        SVG % (TWO + TWO),
        SVG % (THREE + TWO + THREE),
    ],
)
def test_two_badges_of_one_kind_are_refused(picture):
    assert code(containers.find, picture) == "badge-twice"


def test_what_is_baked_and_is_nothing_known_is_left_to_the_reader_of_json():
    assert found(made(text(b"hello"))).kind is Kind.JSON
    assert found(made(text(b""))).kind is Kind.JSON


def test_a_baked_picture_is_found_and_baked_again():
    picture = png.bake(made(), keyword="openbadgecredential", text=TOKEN)
    badge = found(picture)

    assert png.bake(badge.picture, keyword="openbadgecredential", text=badge.text) == picture


# Documents


def test_badges_of_a_document_come_once_each():
    picture = made(itxt(JSON.encode()))
    files = [TOKEN.encode(), picture, ADDRESS.encode(), TOKEN.encode()]

    assert containers.find(pdf_with_files(*files)) == [
        Found("pdf", Kind.JWS, TOKEN),
        Found("pdf", Kind.JSON, JSON, picture),
        Found("pdf", Kind.ADDRESS, ADDRESS),
    ]


def test_metadata_of_a_document_are_read():
    assert containers.find(pdf_with_metadata(information=b"/openbadges( %s )" % ADDRESS.encode())) == [
        Found("pdf", Kind.ADDRESS, ADDRESS)
    ]


def test_what_stands_before_a_document_is_passed_over():
    assert found(b"\n\xefjunk\n" + pdf_with_files(b"{}")).container == "pdf"


def test_annexes_are_passed_over():
    annexes = [
        b"\xff\xd8\xff",
        b"Bonjour",
        b"<html></html>",
        made(),
        SVG % b"",
        pdf_with_files(JSON.encode()),
    ]

    assert containers.find(pdf_with_files(*annexes, b"{}")) == [Found("pdf", Kind.JSON, "{}")]
    assert code(containers.find, pdf_with_files(*annexes)) == "no-badge"
    assert code(containers.find, pdf_with_metadata(information=b"/openbadges(hello)")) == "no-badge"


def test_why_the_only_badge_of_a_document_cannot_be_read_is_told():
    twice = made(itxt(b"{}"), itxt(b"{}"))

    assert code(containers.find, pdf_with_files(twice, made())) == "badge-twice"
    assert found(pdf_with_files(twice, b"{}")).text == "{}"


# Texts


@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "badge, kind", [(JSON, Kind.JSON), (TOKEN, Kind.JWS), (ADDRESS, Kind.ADDRESS), ("[1]", Kind.JSON)]
)
def test_a_text_is_told_in_every_encoding(badge, kind, encode):
    assert containers.find(badge.encode(encode)) == [Found(kind.value, kind, badge)]


@pytest.mark.parametrize("badge", [TOKEN, ADDRESS, "HTTP://A.EXAMPLE"])
def test_blanks_around_a_token_or_an_address_mean_nothing(badge):
    assert found(f"\n {badge}\r\n".encode()).text == badge


def test_json_is_kept_as_it_came():
    assert found(b"\n {\r\n}\n").text == "\n {\r\n}\n"


@pytest.mark.parametrize("badge, kind", [(TOKEN, Kind.JWS), (ADDRESS, Kind.ADDRESS)])
def test_a_json_string_may_hold_a_token_or_an_address(badge, kind):
    assert containers.find(json.dumps(badge).encode()) == [Found(kind.value, kind, badge)]
    assert found(made(itxt(json.dumps(badge).encode()))).text == badge


@pytest.mark.parametrize(
    "token",
    ["eyJhbGciOiJub25lIn0.e30.", "eyJ.e30", "eyJ.a.b.c", "eyJ.a.b.c.d", "ewogImEiOjF9.e30.c", "eyB9.e30.c"],
    ids=["no signature", "two parts", "four parts", "encrypted", "header on lines", "header with a blank"],
)
def test_a_bad_token_is_still_a_token(token):
    """Those who read tokens say what is wrong with it."""
    assert found(token.encode()).kind is Kind.JWS


@pytest.mark.parametrize(
    "raw",
    [
        b"", b" \n", b"Bonjour", b"www.credly.com", b"a.b.c", b"eyJhbGciOiJSUzI1NiJ9", TOKEN.encode() + b" x",
        b"ftp://a.example", b"https://", b"https://a.example b", b"javascript:alert(1)",
        b'"hello"', b'"', b"12", b"null", b'"{}"',
        b"\xff\xd8\xff\xe0\0\x10JFIF", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"PK\x03\x04", b"%!PS-Adobe-3.0 EPSF-3.0",
        b"SIMPLE  =                    T", b"push graphic-context",
        b"<html><body>PNG</body></html>", b"<", b"<!-- svg -->", b"\0" * 100, b"\xff\xfe", b"\xff\xfe\0",
    ],
)  # fmt: skip
def test_anything_else_is_unknown(raw):
    assert code(containers.find, raw) == "file-unknown"


@pytest.mark.parametrize("raw", [b'{"a":"\xe9"}', b"[\xff]", b'\xff\xfe{\0"'])
def test_json_in_another_encoding_is_refused(raw):
    assert code(containers.find, raw) == "text-not-utf8"


@pytest.mark.parametrize("raw", [b"<svg xmlns='a'", b"<?xml version='1.0'?><p:svg><a></p:svg>"])
def test_a_broken_drawing_is_told_as_such(raw):
    assert code(containers.find, raw) == "svg-broken"


# Bounds


@pytest.mark.parametrize(
    "raw, most",
    [
        (b"{" + bytes(50 * 1024 * 1024), "5"),
        (b"{" + bytes(5 * 1024 * 1024), "5"),
        (png.SIGNATURE + bytes(5 * 1024 * 1024), "5"),
        (b"<svg>" + bytes(5 * 1024 * 1024), "5"),
        (b"%PDF-1.7" + bytes(10 * 1024 * 1024), "10"),
    ],
    ids=["50 MB", "JSON", "PNG", "SVG", "PDF"],
)
def test_size_is_judged_first(raw, most):
    refused = refusal(containers.find, raw)

    assert (refused.code, refused.params) == ("file-too-big", {"most": most})


def test_a_document_may_be_heavier_than_a_picture():
    assert code(containers.find, b"%PDF-1.7" + bytes(6 * 1024 * 1024)) == "pdf-broken"
    assert code(containers.find, b"{" + bytes(5 * 1024 * 1024 - 1) + b"%PDF-") == "file-too-big"


STARTS = st.sampled_from(
    [b"", png.SIGNATURE, b"%PDF-1.7\n", b"<svg>", b"{", b'"', b"eyJ.", b"https://", b"\xff\xfe"]
)


@given(STARTS, st.binary(max_size=200))
def test_any_bytes_are_found_or_refused(start, raw):
    try:
        badges = containers.find(start + raw)
    except FormatError:
        return

    assert badges
    assert all(badge.container in {"png", "svg", "pdf", "json", "jws", "address"} for badge in badges)


@settings(max_examples=200)
@given(st.data())
def test_a_file_changed_anywhere_is_found_or_refused(data):
    name = data.draw(
        st.sampled_from(
            ["bakery-mozilla/baked.svg", "bakery-python/baked_heart.png", "1edtech-validator/simple.jwt"]
        )
    )
    changed = bytearray((VECTORS / "ob20" / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert containers.find(bytes(changed))
    except FormatError:
        return


# Sentences

MODULES = [containers, markup, pdf, png, svg]
RAISED = re.compile(r'FormatError\(\s*"([a-z0-9-]+)"')


def test_every_refusal_has_its_sentence_and_none_is_idle():
    sources = "".join(inspect.getsource(module) for module in MODULES)

    assert set(RAISED.findall(sources)) <= set(files.SENTENCES)
    assert [code for code in files.SENTENCES if f'"{code}"' not in sources] == []


@pytest.mark.parametrize(
    "raw",
    [
        b"{" + bytes(5 * 1024 * 1024),
        made(width=20_000),
        made(text(b"a" * 256 * 1024 + b"a")),
        made(),
        b"hello",
    ],
    ids=["file-too-big", "png-too-big", "png-text-too-long", "no-badge", "file-unknown"],
)
def test_sentences_name_what_was_measured(raw):
    refused = refusal(containers.find, raw)
    said = sentence(refused.code, refused.params)

    assert "%(" not in said
    assert all(value in said for value in refused.params.values())
