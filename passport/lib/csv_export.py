"""CSV that a French Excel opens as it is, and in which no cell is ever read as a formula."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

# What spreadsheets take for the beginning of a formula, with the full-width forms that some of them fold (OWASP).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


class _Echo:
    def write(self, text: str) -> str:
        return text


def cell(value: object) -> str:
    """The text of one cell; None is empty. Blanks before a sign do not hide it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def rows_to_csv(header: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Lines separated by CRLF, cells by semicolons; the first begins with a byte order mark."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    # What writerow returns is what its file's write returned: typeshed knows no better than Any.
    yield BOM + writer.writerow([cell(value) for value in header])
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def csv_response(
    filename: str, header: Iterable[object], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    """A download, written row by row. `filename` is ASCII, without quotes."""
    return StreamingHttpResponse(
        rows_to_csv(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "private, no-store",
        },
    )
