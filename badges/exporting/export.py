"""All badges of a person in one ZIP that verifies without this site, and reads without any program but a browser."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from accounts.models import User
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
    also what waits for them and what they declined. Raises sealing.SecretLost.
    """
    archive = Archive(target, at=at)
    mine = Assertion.objects.held_by(user)
    _sign_missing(mine)
    entries = [_put(archive, assertion) for assertion in _rows(mine)]
    documents.put_all(archive, mine)
    index.put(archive, user, entries, at)
    archive.close()


def _sign_missing(mine: AssertionQuerySet) -> None:
    """What was accepted before there were signatures, and has not met a worker yet."""
    for assertion in mine.filter(documents=None, badge_class__issuer__origin=Origin.HERE):
        sign.documents_of(assertion)


def _rows(mine: AssertionQuerySet) -> Iterator[Assertion]:
    """The latest first, as on « Mes badges »."""
    keys = list(mine.order_by("-accepted_at", "-pk").values_list("pk", flat=True))
    related = mine.select_related("badge_class__issuer", "version", "documents")
    for start in range(0, len(keys), STEP):
        found = related.in_bulk(keys[start : start + STEP])
        yield from (found[key] for key in keys[start : start + STEP] if key in found)


def _put(archive: Archive, assertion: Assertion) -> Entry:
    folder = names.folder(assertion.recognises.name, assertion.code)
    return entry(assertion, held.put(archive, assertion, folder))
