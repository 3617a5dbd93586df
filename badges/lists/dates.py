"""Days as people write them in lists."""

import re
from datetime import date, timedelta

from passport.lib.folding import fold

MONTHS = [
    ("janvier", "janv", "january", "jan"), ("fevrier", "fevr", "fev", "february", "feb"), ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"), ("mai", "may"), ("juin", "june", "jun"), ("juillet", "juil", "july", "jul"),
    ("aout", "august", "aug"), ("septembre", "sept", "september", "sep"), ("octobre", "oct", "october"),
    ("novembre", "nov", "november"), ("decembre", "dec", "december"),
]  # fmt: skip
MONTH = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ,].*)?$")
IN_WORDS = re.compile(r"^(?:\w+ )?(\d{1,2})(?:er)? (\w+) (\d{4})(?: .*)?$")
EXCEL_DAY = re.compile(r"^(\d{5})(?:[.,]\d+)?$")
EXCEL_ZERO = date(1899, 12, 30)


def read_day(text: str) -> date | None:
    """« 05/07/2019 », « 2019-07-05 », « 5 juillet 2019 », Excel's 43651; the day before the month. None: no day."""
    text = text.strip()
    try:
        if match := YEAR_FIRST.match(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := DAY_FIRST.match(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := IN_WORDS.match(fold(text)):
            return date(int(match[3]), MONTH.get(match[2], 0), int(match[1]))
    except ValueError:
        return None
    match = EXCEL_DAY.match(text)
    return EXCEL_ZERO + timedelta(days=int(match[1])) if match else None
