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
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.exceptions import NotPossible
from badges.lists import domains, headers
from badges.lists.dates import read_day
from badges.lists.headers import Columns
from badges.lists.rows import Row, open_text
from badges.lists.workbook import is_zip, open_workbook
from passport.lib.folding import clean, fold, fold_address

if TYPE_CHECKING:
    from badges.models import ListPreset

MAX_BYTES = 50 * 1024 * 1024
MAX_CELL = 1_000
MAX_TITLES = 500
LONGEST_TITLE = 80
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
    sheet: str = ""

    def describe(self) -> dict:
        """For the page that shows it and lets other columns be chosen."""
        return {
            "titles": self.titles,
            "columns": asdict(self.columns),
            "separator": self.separator,
            "encoding": self.encoding,
            "preset": self.preset,
            "sheet": self.sheet,
        }


def open_list(raw: bytes, *, presets: Iterable["ListPreset"] = (), columns: Columns | None = None) -> Reading:
    """Understands a list, blank lines left out. `columns` are those that the organiser chose; else the first of
    `presets` whose titles are there, else what titles and cells suggest.

    Raises NotPossible when the file cannot be read as a list; reading its lines may, too.
    """
    if len(raw) > MAX_BYTES:
        raise NotPossible(_("This file is heavier than 50 MB. Cut it in parts and send each of them."))
    source = open_workbook(raw) if is_zip(raw) else open_text(raw)
    first = list(islice(source.rows, PREAMBLE))
    if not first:
        raise NotPossible(_("This list is empty. Give one participant a line: e-mail, name."))
    head = _head(first, list(presets))
    chosen = columns or head.columns
    below = [row.cells for row in head.below]
    if not below and len(first) < PREAMBLE:
        raise NotPossible(_("This list has titles and nobody under them. Give one participant a line."))
    if columns is None and not head.preset:
        chosen = headers.without_strange_statuses(chosen, below)
    width = max((len(cells) for cells in below), default=0)
    return Reading(
        titles=_titles(head.titles, width) if head.titles else [],
        columns=chosen,
        separator=source.separator.replace("\t", "⇥"),
        encoding=source.encoding,
        lines=_lines(head, chosen, chain(head.below, source.rows)),
        preset=head.preset,
        sheet=source.sheet,
    )


@dataclass(frozen=True)
class _Head:
    """What stands above the titles, the titles if there are any, the columns that they mean, the rows below."""

    above: list[Row]
    titles: list[str]
    columns: Columns
    below: list[Row]
    preset: str = ""


def _head(first: list[Row], presets: list["ListPreset"]) -> _Head:
    for index, row in enumerate(first):
        if row.open_quote:
            continue
        cells = row.cells
        if any("@" in cell for cell in cells):
            return _untitled(first, index)
        for preset in presets:
            if columns := headers.by_preset(preset, cells):
                return _Head(first[:index], cells, columns, first[index + 1 :], preset.name)
        if columns := headers.by_titles(cells):
            return _Head(first[:index], cells, columns, first[index + 1 :])
    raise NotPossible(
        _("No column holds e-mail addresses. Name it “e-mail” in the first line, or begin with an address.")
    )


def _untitled(first: list[Row], index: int) -> _Head:
    """The first address comes before any title that is known; a full row just above it holds titles all the same."""
    columns = headers.by_content(first[index].cells)
    before = first[index - 1] if index else None
    titles = before.cells if before and not before.open_quote else []
    if len(titles) > 1 and len(titles) == len(first[index].cells) and all(titles):
        return _Head(first[: index - 1], titles, columns, first[index:])
    return _Head(first[:index], [], columns, first[index:])


def _titles(cells: list[str], width: int) -> list[str]:
    """As many titles as there are columns; those without a name are called by their number."""
    count = min(max(len(cells), width), MAX_TITLES)
    named = [clean(cell)[:LONGEST_TITLE] for cell in cells[:count]]
    named += [""] * (count - len(named))
    return [name or _("Column %(number)s") % {"number": index} for index, name in enumerate(named, 1)]


def _lines(head: _Head, columns: Columns, rows: Iterable[Row]) -> Iterator[Line]:
    for row in head.above:
        yield _refused(
            row, _open_quote() if row.open_quote else _("There is no e-mail address on this line.")
        )
    for row in rows:
        # Pages that were pasted together: their titles are no participants.
        if not head.titles or row.cells != head.titles:
            yield _line(row, columns)


def _line(row: Row, columns: Columns) -> Line:
    if row.open_quote:
        return _refused(row, _open_quote())
    value = _cell(row, columns.address)
    name = " ".join(_cell(row, index) for index in columns.names)
    if len(value) > MAX_CELL or len(name) > MAX_CELL:
        return _refused(row, _("This line is too long. A quotation mark is probably left open."))
    value, name = _split_mailbox(_bare(clean(value)), clean(name))
    status = clean(_cell(row, columns.status))
    if not headers.is_kept(status, columns):
        reason = _("Status “%(status)s”: this line is left out.") % {"status": status[:80]}
        return Line(row.number, value[:MAX_VALUE], name[:MAX_NAME], reason, ignored=True)
    written = _cell(row, columns.issued_on).strip()
    day = read_day(written) if written else None
    reason = refusal(value, name) or (_refused_day(day, written) if written else "")
    proposal = "" if reason else domains.proposal(fold_address(value))
    return Line(row.number, value[:MAX_VALUE], name[:MAX_NAME], reason, issued_on=day, proposal=proposal)


def _cell(row: Row, index: int | None) -> str:
    return row.cells[index] if index is not None and index < len(row.cells) else ""


def _refused_day(day: date | None, written: str) -> str:
    if day is None:
        return _("“%(text)s” is not a day: write 05/07/2019.") % {"text": clean(written)[:40]}
    if day > timezone.localdate():
        return _("The day of the award has not come yet.")
    return ""


def _refused(row: Row, reason: str) -> Line:
    shown = " ".join(cell[:MAX_VALUE] for cell in row.cells[:10])
    return Line(row.number, clean(shown)[:MAX_VALUE], "", reason)


def _open_quote() -> str:
    return _("A quotation mark is left open on this line.")


def _bare(value: str) -> str:
    """Without the mark that makes a cell of Excel a text, and without what a copied link begins with."""
    return value.removeprefix("'").removeprefix("mailto:")


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
    address = fold_address(value)
    if not value:
        return _("The address is missing.")
    if value.count("@") > 1:
        return _("There are several addresses in the cell: keep one.")
    if len(address) > MAX_ADDRESS:
        return _("This address is longer than %(number)s characters.") % {"number": MAX_ADDRESS}
    if why := _malformed(address):
        return why
    if len(name) > MAX_NAME:
        return _("This name is longer than %(number)s characters.") % {"number": MAX_NAME}
    return ""


def _malformed(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if at and not domain:
        return _("This address is incomplete: the domain is missing.")
    if " " in address:
        return _("There is a space in this address.")
    if at and not local.isascii():
        return _(
            "This address has letters before the @ that e-mail cannot carry everywhere. Ask for another one."
        )
    try:
        validate_email(address)
    except ValidationError:
        return _("This address is not valid.")
    return ""
