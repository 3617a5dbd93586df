"""No cell of a list that is downloaded runs in a spreadsheet, and none is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.lib.csv_export import FORMULA, cell, csv_response, rows_to_csv


@pytest.mark.parametrize(
    "text, written",
    [
        ("=1+1", "'=1+1"),
        ("+33 6", "'+33 6"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("\r\n", "'\r\n"),
        ("Élise", "Élise"),
        ("a-b@exemple.fr", "a-b@exemple.fr"),
        (None, ""),
        (0, "0"),
    ],
)
def test_a_cell_never_begins_a_formula(text, written):
    assert cell(text) == written


def test_the_file_is_what_a_french_spreadsheet_opens():
    assert list(rows_to_csv(["nom", "e-mail"], [["Martin; Élise", 'dit "É"'], ["=A1", None]])) == [
        "\ufeffnom;e-mail\r\n",
        '"Martin; Élise";"dit ""É"""\r\n',
        "'=A1;\r\n",
    ]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_every_row_comes_back_with_every_cell(rows):
    written = "".join(rows_to_csv(["a", "b"], rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))

    assert len(read) == len(rows) + 1
    for given_row, row in zip(rows, read[1:], strict=True):
        for before, after in zip(given_row, row, strict=True):
            assert after in (before, f"'{before}")
            assert not after.lstrip(" ").startswith(FORMULA)


def test_a_download_is_streamed_and_kept_by_nobody():
    answer = csv_response("liste.csv", ["a"], [["1"]])
    assert answer.streaming
    assert answer["Content-Disposition"] == 'attachment; filename="liste.csv"'
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer) == "\ufeffa\r\n1\r\n".encode()
