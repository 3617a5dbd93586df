"""Days in words: « le 5 juillet 2019 », « du 3 au 5 juillet 2019 »."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def period(first: date | None, last: date | None) -> str:
    """The days of an event; in French the first day says only what the last one does not. Empty without a first day."""
    if first is None:
        return ""
    if last is None or last == first:
        return _("on %(date)s") % {"date": date_format(first)}
    return _("from %(first)s to %(last)s") % {"first": _first(first, last), "last": date_format(last)}


def _first(first: date, last: date) -> str:
    if not (get_language() or "").startswith("fr") or first.year != last.year:
        return date_format(first)
    day = "1er" if first.day == 1 else str(first.day)
    return day if first.month == last.month else f"{day} {date_format(first, 'F')}"
