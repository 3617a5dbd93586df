"""Reads a list of participants as people have them: CSV with comma or semicolon, UTF-8 with or without BOM, Latin-1."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from badges.exceptions import NotPossible
from passport.lib.folding import clean, fold, fold_address

MAX_BYTES = 10 * 1024 * 1024
MAX_CELL = 1_000
MAX_NAME = 160
BOMS = [(b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")]
ADDRESS_HEADERS = {
    "e mail",
    "email",
    "mail",
    "courriel",
    "adresse e mail",
    "adresse email",
    "adresse electronique",
}
NAME_HEADERS = {
    "nom complet",
    "name",
    "full name",
    "nom et prenom",
    "prenom et nom",
    "participant",
    "beneficiaire",
}
FIRST_HEADERS = {"prenom", "first name", "firstname", "given name"}
LAST_HEADERS = {"nom", "last name", "lastname", "family name", "nom de famille"}


@dataclass(frozen=True)
class Line:
    """One line of a list: its number in the file, the address and name as read, and why it is refused, if it is."""

    number: int
    value: str
    name: str
    reason: str = ""

    @property
    def address(self) -> str:
        return fold_address(self.value)


@dataclass(frozen=True)
class Columns:
    address: int
    names: tuple[int, ...]


def read(raw: bytes) -> Iterator[Line]:
    """The lines of a list, blank ones left out. Raises NotPossible when the file cannot be read as one."""
    rows = _rows(_text(raw))
    number, header = next(rows, (0, []))
    if not header:
        raise NotPossible(_("This list is empty. Give one participant a line: e-mail, name."))
    columns = _columns(header)
    if columns is None:
        columns = _by_content(header)
        yield _line(number, header, columns)
    for number, row in rows:
        yield _line(number, row, columns)


def _text(raw: bytes) -> str:
    encoding = next((name for bom, name in BOMS if raw.startswith(bom)), None)
    if encoding is None and b"\0" in raw[:4096]:
        raise NotPossible(_("This file is not a text file. Export the list as CSV and try again."))
    try:
        return raw.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise NotPossible(
                _("This file cannot be read. Export the list as CSV in UTF-8 and try again.")
            ) from None
        return raw.decode("cp1252", errors="replace")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Number of the first physical line and cells of every row that is not blank."""
    separator = _separator(text)
    if separator is None:
        yield from ((n, [line]) for n, line in enumerate(text.splitlines(), 1) if line.strip())
        return
    if text[:4].lower() == "sep=":
        text = "\n" + text.partition("\n")[2]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        raise NotPossible(
            _("Line %(number)s cannot be read: a quotation mark is probably left open.") % {"number": start}
        ) from error


def _separator(text: str) -> str | None:
    head = text[:20_000]
    if head[:4].lower() == "sep=":
        return head[4:5]
    counts = {separator: head.count(separator) for separator in ";,\t"}
    best = max(counts, key=lambda separator: counts[separator])
    return best if counts[best] else None


def _columns(header: list[str]) -> Columns | None:
    """The columns that a header names; None when the first row is a participant already."""
    titles = [fold(cell) for cell in header]
    if any("@" in cell for cell in header):
        return None
    found = [
        i for i, title in enumerate(titles) if title in ADDRESS_HEADERS or "email" in title.replace(" ", "")
    ]
    if not found:
        raise NotPossible(
            _(
                "No column holds e-mail addresses. Name it “e-mail” in the first line, or begin with an address."
            )
        )
    whole = next((i for i, title in enumerate(titles) if title in NAME_HEADERS), None)
    first = next((i for i, title in enumerate(titles) if title in FIRST_HEADERS), None)
    last = next((i for i, title in enumerate(titles) if title in LAST_HEADERS), None)
    parts = (whole,) if whole is not None else (first, last)
    return Columns(found[0], tuple(i for i in parts if i is not None))


def _by_content(row: list[str]) -> Columns:
    """Without a header: the address is the first cell with an @, the name the cells around it."""
    address = next(i for i, cell in enumerate(row) if "@" in cell)
    others = [i for i in range(len(row)) if i != address]
    return Columns(address, tuple(others[:2] if len(others) <= 2 else others[:1]))


def _line(number: int, row: list[str], columns: Columns) -> Line:
    value = row[columns.address] if columns.address < len(row) else ""
    name = " ".join(row[i] for i in columns.names if i < len(row))
    if len(value) > MAX_CELL or len(name) > MAX_CELL:
        return Line(
            number,
            clean(value[:100]),
            "",
            _("This line is too long. A quotation mark is probably left open."),
        )
    value, name = _split_mailbox(clean(value), clean(name))
    return Line(number, value[:300], name[:MAX_NAME], _refusal(value, name))


def _split_mailbox(value: str, name: str) -> tuple[str, str]:
    """« Prénom Nom <adresse> » in one cell."""
    before, bracket, rest = value.partition("<")
    if bracket and rest.endswith(">"):
        return rest[:-1].strip(), name or before.strip(' "')
    return value, name


def _refusal(value: str, name: str) -> str:
    if not value:
        return _("The address is missing.")
    if value.count("@") > 1:
        return _("There are several addresses in the cell: keep one.")
    try:
        validate_email(fold_address(value))
    except ValidationError:
        return _("This address is not valid.")
    if len(name) > MAX_NAME:
        return _("This name is longer than %(number)s characters.") % {"number": MAX_NAME}
    return ""
