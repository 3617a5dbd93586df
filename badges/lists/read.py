"""Reads a list of participants as people have them: CSV with any separator and encoding, or pasted lines.

Nothing is dropped in silence: what cannot be understood comes out as a line with its number and a reason.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from badges.exceptions import NotPossible
from badges.lists import domains, headers
from badges.lists.headers import Columns
from badges.lists.rows import Row, rows
from passport.lib.folding import clean, fold, fold_address

if TYPE_CHECKING:
    from badges.models import ListPreset

MAX_CELL = 1_000
MAX_NAME = 160
MAX_VALUE = 300
MAX_ADDRESS = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets
# Rows that may stand above the header.
PREAMBLE = 20


@dataclass(frozen=True)
class Line:
    """One line of a list: its number in the file, the address and name as read, and why it is refused, if it is.

    `ignored`: refused because of the status of the registration, not of a mistake. `proposal`: the address that was
    probably meant. `kept`: the organiser wants the address as it is.
    """

    number: int
    value: str
    name: str
    reason: str = ""
    issued_on: date | None = None
    ignored: bool = False
    proposal: str = ""
    kept: bool = False

    @cached_property
    def address(self) -> str:
        return fold_address(self.value)


@dataclass
class Reading:
    """How a list is understood: its titles, which columns hold what, and its lines, read once."""

    titles: list[str]
    columns: Columns
    separator: str
    encoding: str
    lines: Iterator[Line]
    preset: str = ""

    def describe(self) -> dict:
        """For the page that shows it and lets other columns be chosen."""
        return {
            "titles": self.titles,
            "columns": asdict(self.columns),
            "separator": self.separator,
            "encoding": self.encoding,
            "preset": self.preset,
        }


def open_list(raw: bytes, *, presets: Iterable["ListPreset"] = (), columns: Columns | None = None) -> Reading:
    """Understands a list, blank lines left out. `columns` are those that the organiser chose; else the first of
    `presets` whose titles are there, else what titles and cells suggest.

    Raises NotPossible when the file cannot be read as a list; reading its lines may, too.
    """
    found = rows(raw)
    first = list(islice(found, PREAMBLE))
    if not first:
        raise NotPossible(_("This list is empty. Give one participant a line: e-mail, name."))
    above, guessed, below = _find_columns(first)
    chosen = columns or guessed

    def lines() -> Iterator[Line]:
        for row in above:
            yield _refused(
                row, _open_quote() if row.open_quote else _("There is no e-mail address on this line.")
            )
        for row in chain(below, found):
            yield _line(row, chosen)

    return Reading([], chosen, "", "", lines())


def _find_columns(first: list[Row]) -> tuple[list[Row], Columns, list[Row]]:
    """What stands above the header, the columns, and the first participants."""
    for index, row in enumerate(first):
        if row.open_quote:
            continue
        if any("@" in cell for cell in row.cells):
            return first[:index], headers.by_content(row.cells), first[index:]
        if columns := headers.by_titles(row.cells):
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
    reason = refusal(value, name)
    proposal = "" if reason else domains.proposal(fold_address(value))
    return Line(row.number, value[:MAX_VALUE], name[:MAX_NAME], reason, proposal=proposal)


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


def refusal(value: str, name: str) -> str:
    """Why a line with this address and name cannot be sent; empty when it can."""
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
