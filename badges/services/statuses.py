"""Where machines read whether an award was withdrawn (W3C Bitstring Status List 1.0)."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from badges.formats import status
from badges.models import Assertion, Issuer, StatusEntry, StatusList

SIZE = 131_072  # bits: the least that the standard allows, so that a place tells nothing of its award
# Places are drawn at random; this many taken ones in a row say that a list is well filled.
DRAWS = 4


@dataclass(frozen=True)
class Bits:
    """What a list says now. `changed_at`: when its last bit was set, or the list made."""

    encoded: str
    changed_at: datetime


def place(assertion: Assertion, issuer: Issuer) -> StatusEntry:
    """The place of an award, drawn at random when it has none."""
    entry = StatusEntry.objects.select_related("status_list").filter(assertion=assertion).first()
    return entry or _draw(assertion, issuer)


def _draw(assertion: Assertion, issuer: Issuer) -> StatusEntry:
    last = issuer.status_lists.order_by("-pk").first() or StatusList.objects.create(issuer=issuer)
    for _attempt in range(DRAWS):
        try:
            with transaction.atomic():
                index = secrets.randbelow(SIZE)
                return StatusEntry.objects.create(status_list=last, index=index, assertion=assertion)
        except IntegrityError:
            continue
    StatusList.objects.create(issuer=issuer)
    return _draw(assertion, issuer)


def bits(status_list: StatusList) -> Bits:
    """One bit for each award that was withdrawn, or erased. The same rows give the same text."""
    withdrawn = StatusEntry.objects.withdrawn().filter(status_list=status_list)
    rows = list(withdrawn.values_list("index", "assertion__revoked_at"))
    moments = [moment for _index, moment in rows if moment]
    return Bits(
        encoded=status.bitstring((index for index, _moment in rows), size=SIZE),
        changed_at=max([status_list.created_at, *moments]),
    )
