"""From the bytes of a list to numbered rows of cells, whatever the encoding, the separator and the ends of lines."""

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from badges.exceptions import NotPossible

# Physical lines that one row may take; beyond, a quotation mark was left open.
MAX_SPAN = 30
BOMS = [(b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")]
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
NOT_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
PROBE = 4096
SEPARATORS = ";,\t|"
NO_SEPARATOR = "\x1f"
END = "\0end of the list\0"

# Python's own limit of 131,072 characters a cell would stop the whole file: here a long cell is one refused line.
csv.field_size_limit(64 * 1024 * 1024)


@dataclass(frozen=True)
class Row:
    """`number` is that of its first physical line, from 1. `open_quote`: the row is that line alone, unread."""

    number: int
    cells: list[str]
    open_quote: bool = False


@dataclass(frozen=True)
class Source:
    """A list opened: its rows that are not blank, read once, and how they were understood."""

    rows: Iterator[Row]
    encoding: str
    separator: str
    sheet: str = ""


def open_text(raw: bytes) -> Source:
    """Raises NotPossible when the bytes are not a text."""
    text, encoding = _text(raw)
    lines = _Lines(text)
    separator = _announced(lines) or _guess(text)
    return Source(_rows(lines, separator), encoding, "" if separator == NO_SEPARATOR else separator)


def _rows(lines: "_Lines", separator: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    while not lines.ended:
        lines.start_row()
        cells = _next(reader)
        if cells is None or _swallows(cells, separator):
            yield Row(lines.first, [lines.give_back()], open_quote=True)
        elif any(cell.strip() for cell in cells) and cells != [END]:
            yield Row(lines.first, cells)


class _TooLong(Exception):
    pass


class _Lines:
    """Physical lines, numbered, that can be given back when a quotation mark turns out to swallow them."""

    def __init__(self, text: str) -> None:
        self.source = io.StringIO(text, newline="")
        self.returned: deque[str] = deque()
        self.taken: list[str] = []
        self.first = 1
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MAX_SPAN:
            raise _TooLong
        line = self.returned.popleft() if self.returned else self.source.readline()
        self.ended = not line
        # The end is a line of its own, so that a quotation mark left open is seen to swallow it.
        self.taken.append(line or END)
        return self.taken[-1]

    def start_row(self) -> None:
        self.first += len(self.taken)
        self.taken = []

    def give_back(self) -> str:
        """Takes the first line alone, and reads the others again."""
        self.returned.extendleft(line for line in reversed(self.taken[1:]) if line != END)
        self.taken = self.taken[:1]
        self.ended = False
        return self.taken[0]


def _next(reader) -> list[str] | None:
    try:
        return next(reader)
    except (_TooLong, csv.Error):
        return None


def _swallows(cells: list[str], separator: str) -> bool:
    """Whether a quoted cell holds what looks like other participants: a quotation mark was left open before them."""
    long = [cell for cell in cells if "\n" in cell or "\r" in cell or END in cell]
    if not long or cells == [END]:
        return False
    return any(END in cell or any("@" in line for line in cell.splitlines()[1:]) for cell in long)


def _text(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, by its NULs, UTF-8, else that of French Windows."""
    if raw.startswith(OLD_EXCEL):
        raise NotPossible(_("This is a workbook of an old Excel. Save it as XLSX or CSV and try again."))
    encoding = next((name for bom, name in BOMS if raw.startswith(bom)), None) or _without_mark(raw)
    if raw.startswith(NOT_TEXT) or (encoding is None and b"\0" in raw[:PROBE]):
        raise NotPossible(_("This file is not a text file. Export the list as CSV and try again."))
    try:
        return raw.decode(encoding or "utf-8"), (encoding or "utf-8").removesuffix("-sig").upper()
    except UnicodeDecodeError:
        if encoding:
            raise NotPossible(
                _("This file cannot be read. Export the list as CSV in UTF-8 and try again.")
            ) from None
        return raw.decode("cp1252", errors="replace"), "cp1252"


def _without_mark(raw: bytes) -> str | None:
    """UTF-16 without its mark: of Latin letters, every other byte is NUL."""
    probe = raw[:PROBE]
    even, odd = probe[0::2], probe[1::2]
    if not odd:
        return None
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high.count(0) > 0.7 * len(high) and low.count(0) < 0.1 * len(low):
            return name
    return None


def _announced(lines: _Lines) -> str | None:
    """Excel's « sep=; » in the first line, which is then no row."""
    lines.start_row()
    head = next(lines).strip()
    if head[:4].lower() == "sep=" and len(head) == 5:
        return head[4]
    lines.returned.appendleft(lines.taken.pop()) if head != END else None
    return None


def _guess(text: str) -> str:
    """The separator that cuts most of the first rows in the same number of cells."""
    head = text[:20_000]
    best = max(SEPARATORS, key=lambda separator: _regularity(head, separator))
    return best if _regularity(head, best) > (0, 0) else NO_SEPARATOR


def _regularity(head: str, separator: str) -> tuple[int, int]:
    # Line by line: a quotation mark left open must not hide the others.
    parsed = (
        next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
        for line in head.splitlines()[:50]
    )
    widths = Counter(len(cells) for cells in parsed if len(cells) > 1)
    if not widths:
        return (0, 0)
    width, count = widths.most_common(1)[0]
    return (count, width)
