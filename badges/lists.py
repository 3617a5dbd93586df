"""Reads a list of participants as people have them: CSV with any separator and encoding, or pasted lines.

Nothing is dropped in silence: what cannot be understood comes out as a line with its number and a reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from badges import list_headers
from badges.exceptions import NotPossible
from badges.list_headers import Columns
from badges.list_rows import Row, rows
from passport.lib.folding import clean, fold, fold_address

MAX_CELL = 1_000
MAX_NAME = 160
MAX_VALUE = 300
MAX_ADDRESS = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets
# Rows that may stand above the header.
PREAMBLE = 20


@dataclass(frozen=True)
class Line:
    """One line of a list: its number in the file, the address and name as read, and why it is refused, if it is."""

    number: int
    value: str
    name: str
    reason: str = ""

    @cached_property
    def address(self) -> str:
        return fold_address(self.value)


def read(raw: bytes) -> Iterator[Line]:
    """The lines of a list, blank ones left out. Raises NotPossible when the file cannot be read as one."""
    found = rows(raw)
    first = list(islice(found, PREAMBLE))
    if not first:
        raise NotPossible(_("This list is empty. Give one participant a line: e-mail, name."))
    above, columns, below = _find_columns(first)
    for row in above:
        yield _refused(
            row, _open_quote() if row.open_quote else _("There is no e-mail address on this line.")
        )
    for row in chain(below, found):
        yield _line(row, columns)


def _find_columns(first: list[Row]) -> tuple[list[Row], Columns, list[Row]]:
    """What stands above the header, the columns, and the first participants."""
    for index, row in enumerate(first):
        if row.open_quote:
            continue
        if any("@" in cell for cell in row.cells):
            return first[:index], list_headers.by_content(row.cells), first[index:]
        if columns := list_headers.by_titles(row.cells):
            return first[:index], columns, first[index + 1 :]
    raise NotPossible(
        _("No column holds e-mail addresses. Name it “e-mail” in the first line, or begin with an address.")
    )


def _line(row: Row, columns: Columns) -> Line:
    if row.open_quote:
        return _refused(row, _open_quote())
    cells = row.cells
    value = cells[columns.address] if columns.address < len(cells) else ""
    name = " ".join(cells[index] for index in columns.names if index < len(cells))
    if len(value) > MAX_CELL or len(name) > MAX_CELL:
        return _refused(row, _("This line is too long. A quotation mark is probably left open."))
    value, name = _split_mailbox(clean(value), clean(name))
    return Line(row.number, value[:MAX_VALUE], name[:MAX_NAME], _refusal(value, name))


def _refused(row: Row, reason: str) -> Line:
    shown = " ".join(cell[:MAX_VALUE] for cell in row.cells[:10])
    return Line(row.number, clean(shown)[:MAX_VALUE], "", reason)


def _open_quote() -> str:
    return _("A quotation mark is left open on this line.")


def _split_mailbox(value: str, name: str) -> tuple[str, str]:
    """« Prénom Nom <adresse> » in one cell."""
    before, bracket, rest = value.partition("<")
    if not bracket or not rest.endswith(">"):
        return value, name
    before = before.strip(" \"'")
    # « Martin, Alice <alice@…> » was cut at the comma.
    name = name if not before or fold(before) in fold(name) else f"{before} {name}".strip()
    return rest[:-1].strip(), name


def _refusal(value: str, name: str) -> str:
    if not value:
        return _("The address is missing.")
    if value.count("@") > 1:
        return _("There are several addresses in the cell: keep one.")
    if len(fold_address(value)) > MAX_ADDRESS:
        return _("This address is longer than %(number)s characters.") % {"number": MAX_ADDRESS}
    try:
        validate_email(fold_address(value))
    except ValidationError:
        return _("This address is not valid.")
    if len(name) > MAX_NAME:
        return _("This name is longer than %(number)s characters.") % {"number": MAX_NAME}
    return ""
