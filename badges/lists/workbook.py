"""The rows of an Excel workbook (.xlsx, ECMA-376), within bounds that a hostile file meets before the reader does."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain, islice
from typing import cast

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from badges.exceptions import NotPossible
from badges.lists import headers
from badges.lists.rows import Row, Source

MAX_UNPACKED = 64 * 1024 * 1024
MAX_ENTRIES = 2_000
# XML elements: of the sheets and their strings, which take some 6 µs and 80 bytes each, and of each other part.
MAX_ELEMENTS = 3_000_000
MAX_OTHER_ELEMENTS = 200_000
MAX_RATIO = 500
PIECE = 1024 * 1024
MAX_ROWS = 1_048_576  # Excel's own
MAX_CELLS = 5_000_000
SEARCHED = 50


def is_zip(raw: bytes) -> bool:
    return raw.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_workbook(raw: bytes) -> Source:
    """The first sheet that seems to hold addresses, else the first one. Raises NotPossible, also while it is read."""
    _judge(raw)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        sheets = [cast(ReadOnlyWorksheet, sheet) for sheet in book.worksheets]
        for sheet in sheets:
            rows = _rows(sheet)
            first = list(islice(rows, SEARCHED))
            if any(_promises(row.cells) for row in first):
                return Source(chain(first, rows), "XLSX", "", sheet.title)
        rows = _rows(sheets[0])
        return Source(rows, "XLSX", "", sheets[0].title)
    except NotPossible:
        raise
    except Exception as error:  # whatever a damaged or hostile file makes the library say
        raise NotPossible(_unreadable()) from error


def _judge(raw: bytes) -> None:
    """Sizes are those that the archive declares: no reader of the archive unpacks more than that."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = {entry.filename.lower(): entry for entry in archive.infolist()}
            if "xl/workbook.xml" not in entries:
                raise NotPossible(
                    _("This file is not an Excel workbook. Save the list as XLSX or CSV and try again.")
                )
            if _is_heavy(archive.infolist()) or _is_teeming(archive):
                raise NotPossible(_too_large())
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise NotPossible(_unreadable()) from error


def _is_heavy(entries: list[zipfile.ZipInfo]) -> bool:
    return (
        len(entries) > MAX_ENTRIES
        or sum(entry.file_size for entry in entries) > MAX_UNPACKED
        or any(
            entry.file_size > PIECE and entry.file_size > MAX_RATIO * entry.compress_size for entry in entries
        )
    )


def _is_teeming(archive: zipfile.ZipFile) -> bool:
    """Whether few bytes make more elements, or more sheets, than a list needs. The library would build them all."""
    cells = sheets = 0
    for entry in archive.infolist():
        name = entry.filename.lower()
        if not name.endswith((".xml", ".rels")):
            continue
        holds_cells = name.startswith("xl/worksheets/sheet") or name == "xl/sharedstrings.xml"
        count, named = _elements(archive, entry)
        cells += count if holds_cells else 0
        sheets += named if name == "xl/workbook.xml" else 0
        if not holds_cells and count > MAX_OTHER_ELEMENTS:
            return True
    return cells > MAX_ELEMENTS or sheets > len(archive.infolist())


def _elements(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, int]:
    """How many elements, and how many sheets, a part of the workbook names."""
    count = named = 0
    with archive.open(entry) as part:
        while piece := part.read(PIECE):
            if b"\0" in piece:  # UTF-16, which no workbook uses, would hide them
                raise NotPossible(_unreadable())
            count += piece.count(b"<") - piece.count(b"</")
            named += piece.count(b"sheetId")
    return count, named


def _promises(cells: list[str]) -> bool:
    return any("@" in cell for cell in cells) or headers.by_titles(cells) is not None


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[Row]:
    # What the sheet says of its size may be anything.
    sheet.reset_dimensions()
    count = 0
    try:
        values_of = cast(Worksheet, sheet).iter_rows(values_only=True)
        for number, values in enumerate(values_of, 1):
            count += len(values)
            if number > MAX_ROWS or count > MAX_CELLS:
                raise NotPossible(_too_large())
            cells = [_text(value) for value in values]
            if any(cells):
                yield Row(number, cells)
    except NotPossible:
        raise
    except Exception as error:  # met in the middle of the sheet
        raise NotPossible(_unreadable()) from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _too_large() -> str:
    return _("This workbook is too large. Keep one sheet with the list, or save it as CSV.")


def _unreadable() -> str:
    return _(
        "This workbook cannot be read. Open it in Excel or LibreOffice, save it as XLSX or CSV and try again."
    )
