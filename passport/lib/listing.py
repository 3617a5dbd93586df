"""One page of a list, with the addresses of its neighbours; and how long the list is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from passport.lib import keyset
from passport.lib.search import SearchForm

MOST = 1_000


@dataclass(frozen=True)
class Total:
    """A number of results, exact up to MOST."""

    number: int
    more: bool


@dataclass(frozen=True)
class Listing:
    """One page of a list, and the addresses of its neighbours."""

    rows: Sequence
    previous_url: str
    next_url: str


def counted(rows: QuerySet) -> Total:
    number = rows.order_by()[: MOST + 1].count()
    return Total(min(number, MOST), number > MOST)


def listing(
    rows: QuerySet, form: SearchForm, *, order: tuple[str, ...], size: int, by: str = "apres"
) -> Listing:
    """The page of `rows` that the form's cursor `by` points at."""
    page = keyset.page(rows, order=order, size=size, cursor=form.value(by))
    return Listing(
        page.rows,
        form.address(**{by: page.previous}) if page.previous else "",
        form.address(**{by: page.following}) if page.following else "",
    )
