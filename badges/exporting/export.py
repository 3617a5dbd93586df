"""All badges of a person in one ZIP that verifies without this site, and reads without any program but a browser."""

from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from accounts.models import User
from badges import registry
from badges.enums import Origin
from badges.exporting import documents, held, index, names
from badges.exporting.archive import Archive
from badges.exporting.entries import Entry, entry
from badges.models import Assertion
from badges.querysets import AssertionQuerySet
from badges.services import sign

# Rows in memory at once: their documents weigh some 20 kB each.
STEP = 50


def export(target: BinaryIO, *, user: User, at: datetime) -> None:
    """Writes the ZIP of `user` to `target`, which need not be seekable, as things are `at` this moment.

    In it: what they hold, whoever may see it, revoked and expired badges included, and what proves it; in its index
    also what waits for them and what they declined. Raises NotPossible when something cannot be signed.
    """
    mine = Assertion.objects.held_by(user)
    # The latest first, as on « Mes badges ». What is accepted from now on is in the next archive.
    keys = list(mine.order_by("-accepted_at", "-pk").values_list("pk", flat=True))
    _sign_missing(mine)
    with Archive(target, at=at) as archive:
        entries = [_put(archive, assertion) for assertion in _rows(mine, keys)]
        documents.put_all(archive, mine, _put_others(archive, user))
        archive.put_list()
        index.put(archive, user, entries, at)


def made(*, user: User, at: datetime) -> BinaryIO:
    """The same, in a file that has no name and goes when it is closed. Whole, or not there at all: raises as `export`,
    and OSError when there is no room.
    """
    file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115  # who is given it closes it
    try:
        export(file, user=user, at=at)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _sign_missing(mine: AssertionQuerySet) -> None:
    """What was accepted before there were signatures, and has not met a worker yet."""
    for assertion in mine.filter(documents=None, badge_class__issuer__origin=Origin.HERE):
        sign.documents_of(assertion)


def _rows(mine: AssertionQuerySet, keys: list[int]) -> Iterator[Assertion]:
    related = mine.select_related("badge_class__issuer", "version", "documents")
    for start in range(0, len(keys), STEP):
        chunk = keys[start : start + STEP]
        found = related.in_bulk(chunk)
        yield from (found[key] for key in chunk if key in found)


def _put_others(archive: Archive, user: User) -> list[str]:
    """Writes what other apps add to the archive; returns the addresses of this site that prove it."""
    wanted: list[str] = []
    for exporter in registry.exporters:
        for file in exporter(user):
            archive.put(file.path, file.content, *file.answers)
            wanted += file.proved_by
    return wanted


def _put(archive: Archive, assertion: Assertion) -> Entry:
    folder = names.folder(assertion.recognises.name, assertion.code)
    return entry(assertion, held.put(archive, assertion, folder))
