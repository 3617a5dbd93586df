"""Counts and folds afresh what is kept beside the rows, and says where it had drifted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction

from accounts.models import Profile
from badges.models import Assertion, BadgeClass, Issuer
from badges.services.figures import true_figures
from passport.lib.folding import fold

BATCH = 200
Truth = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Drift:
    """What differs on one row: `changes` are (column, kept, true). `refused` when it could not be written."""

    row: str
    changes: tuple[tuple[str, Any, Any], ...]
    refused: bool = False


def rebuild(*, dry_run: bool = False) -> Iterator[Drift]:
    """Every drift, mended unless `dry_run`. Folds come before the figures that depend on them."""
    yield from _each(Issuer, lambda row: f"issuer {row.slug}", _folded_name(160), dry_run)
    yield from _each(Profile, lambda row: f"profile {row.handle}", _folded_name(170), dry_run)
    folds = _folds("folded_name", "folded_address")
    yield from _each(Assertion, lambda row: f"award {row.uid}", folds, dry_run)
    folds = _folds("folded_name", "folded_text", "gallery_country")
    yield from _each(BadgeClass, lambda row: row.slug, folds, dry_run, related=("issuer",))
    yield from _each(BadgeClass, lambda row: row.slug, true_figures, dry_run)


def _folds(*columns: str) -> Truth:
    def truth(row: Any) -> dict[str, Any]:
        row.fold()
        return {column: getattr(row, column) for column in columns}

    return truth


def _folded_name(length: int) -> Truth:
    return lambda row: {"folded_name": fold(row.name)[:length]}


def _each(
    model: Any, name: Callable[[Any], str], truth: Truth, dry_run: bool, related: tuple[str, ...] = ()
) -> Iterator[Drift]:
    """The drifts of a table, a batch to a transaction: its rows are held while they are compared."""
    last = 0
    while True:
        with transaction.atomic():
            rows = model._base_manager.filter(pk__gt=last).order_by("pk").select_for_update(of=("self",))
            batch = list(rows.select_related(*related)[:BATCH])
            found = [drift for row in batch if (drift := _mend(row, name(row), truth, dry_run))]
        yield from found
        if len(batch) < BATCH:
            return
        last = batch[-1].pk


def _mend(row: models.Model, name: str, truth: Truth, dry_run: bool) -> Drift | None:
    kept = dict(row.__dict__)
    true = truth(row)
    changes = tuple((column, kept[column], value) for column, value in true.items() if kept[column] != value)
    if not changes:
        return None
    if dry_run:
        return Drift(name, changes)
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{column: new for column, _old, new in changes})
    except IntegrityError:
        return Drift(name, changes, refused=True)
    return Drift(name, changes)
