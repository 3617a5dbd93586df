"""Lists as Excel saves them, and what only looks like one."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from badges.exceptions import NotPossible
from badges.lists import open_list
from tests.cost import peak, within

HEAD = ["E-mail", "Prénom", "Nom", "Délivré le"]


def workbook(*rows: list, before: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    for title in before:
        book.create_sheet(title, 0).append(["Notes", "du congrès"])
    sheet = book.worksheets[-1]
    sheet.title = "Inscrits"
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def part(raw: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part of it replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            target.writestr(entry.filename, content if entry.filename == name else source.read(entry))
    return out.getvalue()


PLAIN = workbook(HEAD, ["alice@exemple.fr", "Alice", "Martin", None])


def test_a_workbook_is_read_like_a_text():
    raw = workbook(
        HEAD,
        ["alice@exemple.fr", "Alice", "Martin", datetime(2019, 7, 5, 10, 0)],  # noqa: DTZ001 - as Excel has it
        [None, None, None, None],
        ["rien", 12.0, "=1+1", None],
        before=("Sommaire",),
    )
    reading = open_list(raw)

    assert (reading.titles, reading.encoding, reading.sheet) == (HEAD, "XLSX", "Inscrits")
    first, second = reading.lines
    assert (first.number, first.value, first.name, first.issued_on) == (
        2,
        "alice@exemple.fr",
        "Alice Martin",
        date(2019, 7, 5),
    )
    assert (second.number, second.name, second.reason) == (4, "12", "This address is not valid.")


def test_its_name_does_not_matter_and_a_damaged_one_is_told():
    assert len(list(open_list(PLAIN).lines)) == 1
    for raw in (PLAIN[:200], PLAIN[:-30], part(PLAIN, "xl/worksheets/sheet1.xml", b"<broken")):
        with pytest.raises(NotPossible, match="workbook"):
            list(open_list(raw).lines)


@pytest.mark.parametrize(
    "raw",
    [
        part(PLAIN, "xl/workbook.xml", b"x").replace(b"xl/workbook.xml", b"xl/workbooc.xml"),
        b"PK\x05\x06" + bytes(18),
    ],
    ids=["another archive", "an empty archive"],
)
def test_another_archive_is_no_workbook(raw):
    with pytest.raises(NotPossible, match="workbook"):
        open_list(raw)


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = part(PLAIN, "xl/worksheets/sheet1.xml", b" " * (80 * 1024 * 1024))
    assert len(bomb) < 200_000

    within(2, lambda: refused_as_too_large(bomb))
    assert peak(lambda: refused_as_too_large(bomb)) < 20 * 1024 * 1024


def refused_as_too_large(raw: bytes) -> None:
    with pytest.raises(NotPossible, match="too large"):
        open_list(raw)


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<dimension ref="A1:XFD1048576"/><sheetData>{}</sheetData></worksheet>'
)
CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


def test_a_sheet_may_lie_about_its_size():
    far = '<row r="999999999">' + CELL.format("A999999999", "x@exemple.fr") + "</row>"
    with pytest.raises(NotPossible, match="too large"):
        list(open_list(part(PLAIN, "xl/worksheets/sheet1.xml", SHEET.format(far).encode())).lines)
    wide = '<row r="1">' + CELL.format("A1", "x@exemple.fr") + CELL.format("XFD1", "loin") + "</row>"
    (line,) = open_list(part(PLAIN, "xl/worksheets/sheet1.xml", SHEET.format(wide).encode())).lines
    assert line.value == "x@exemple.fr"


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_refused(entity):
    text = entity + SHEET.format('<row r="1">' + CELL.format("A1", "&a;@exemple.fr") + "</row>")
    with pytest.raises(NotPossible):
        list(open_list(part(PLAIN, "xl/worksheets/sheet1.xml", text.encode())).lines)


STYLES = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>{}</cellXfs></styleSheet>'


@pytest.mark.parametrize(
    "name, content",
    [
        ("xl/worksheets/sheet1.xml", SHEET.format("<y/>" * 3_000_001)),
        ("xl/styles.xml", STYLES.format("<xf/>" * 200_001)),
        ("xl/workbook.xml", "<workbook><sheets>{}</sheets></workbook>".format('<sheet sheetId="1"/>' * 100)),
    ],
)
def test_few_bytes_that_make_many_elements_are_refused_at_once(name, content):
    raw = part(PLAIN, name, content.encode())
    within(2, lambda: refused_as_too_large(raw))


def test_elements_cannot_hide_in_another_encoding():
    hidden = part(PLAIN, "xl/worksheets/sheet1.xml", SHEET.format("<y/>").encode("utf-16"))
    with pytest.raises(NotPossible, match="cannot be read"):
        open_list(hidden)


@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_damaged_anywhere_is_a_list_or_a_refusal(place, noise):
    with suppress(NotPossible):
        list(open_list(PLAIN[:place] + noise + PLAIN[place + len(noise) :]).lines)


@given(st.text(alphabet="<>/&;c row=\"1A'vt", max_size=200))
def test_a_sheet_of_anything_is_a_list_or_a_refusal(text):
    with suppress(NotPossible):
        list(open_list(part(PLAIN, "xl/worksheets/sheet1.xml", SHEET.format(text).encode())).lines)


def test_an_old_workbook_is_to_be_saved_anew():
    with pytest.raises(NotPossible, match="old Excel"):
        open_list(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
