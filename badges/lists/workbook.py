"""The rows of an Excel workbook (.xlsx, ECMA-376), within bounds that a hostile file meets before the reader does."""

import io
import zipfile
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
    """Sizes are those that the archive declares: the reader never unpacks more than that."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise NotPossible(_unreadable()) from error
    if not any(entry.filename.lower() == "xl/workbook.xml" for entry in entries):
        raise NotPossible(
            _("This file is not an Excel workbook. Save the list as XLSX or CSV and try again.")
        )
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise NotPossible(_("This workbook is too large. Keep one sheet with the list, or save it as CSV."))


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
                raise NotPossible(
                    _("This workbook is too large. Keep one sheet with the list, or save it as CSV.")
                )
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


def _unreadable() -> str:
    return _(
        "This workbook cannot be read. Open it in Excel or LibreOffice, save it as XLSX or CSV and try again."
    )
