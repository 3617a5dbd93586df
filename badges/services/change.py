"""The one way an award changes: every state, visibility and count moves here."""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.enums import AssertionState, Visibility
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.querysets import AssertionQuerySet
from badges.services import figures

logger = logging.getLogger(__name__)

ALLOWED = {
    (AssertionState.PENDING, AssertionState.ACCEPTED),
    (AssertionState.PENDING, AssertionState.DECLINED),
    (AssertionState.DECLINED, AssertionState.PENDING),
}


def lock(assertion: Assertion) -> Assertion:
    """The award as it is now, held until the end of the transaction. SQLite's IMMEDIATE transactions hold all.

    `no_key`: lines of lists may point to it meanwhile, or a list being awarded and an answer would wait for each other.
    """
    return (
        Assertion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("badge_class__issuer", "version")
        .get(pk=assertion.pk)
    )


def lock_all(assertions: AssertionQuerySet) -> list[Assertion]:
    """Those of `assertions` that still are what is asked for, held until the end of the transaction.

    In one order for everybody, by badge and then by age, so that two who change many never wait for each other.
    """
    return list(
        assertions.select_for_update(of=("self",), no_key=True)
        .select_related("badge_class__issuer", "holder", "version")
        .order_by("badge_class_id", "pk")
    )


def move(assertion: Assertion, state: AssertionState, **fields: Any) -> None:
    """Brings a locked award to `state`. Raises NotPossible when it is not there to go from."""
    if assertion.is_revoked:
        raise NotPossible(_("This badge has been withdrawn by its issuer."))
    if (assertion.state, state) not in ALLOWED:
        raise NotPossible(_REFUSALS[AssertionState(assertion.state)]())
    logger.info("award %s: %s -> %s", assertion.uid, assertion.state, state)
    write(assertion, state=state, **fields)


def write(assertion: Assertion, **fields: Any) -> None:
    """Writes `fields` to a locked award and moves what the gallery counts, in the same transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An award changes inside a transaction.")
    before = figures.Listing.of(assertion)
    fields |= _shown_since(assertion, fields)
    for name, value in fields.items():
        setattr(assertion, name, value)
    assertion.save(update_fields=list(fields))
    figures.move(assertion.badge_class_id, before, figures.Listing.of(assertion))


def _shown_since(assertion: Assertion, fields: dict[str, Any]) -> dict[str, Any]:
    """The day when others could first read a name beside it: news go by it. Hiding and showing again makes none."""
    is_private = fields.get("visibility", assertion.visibility) == Visibility.PRIVATE
    is_listed = fields.get("name_listed", assertion.name_listed) and not is_private
    return {"shown_at": timezone.now()} if is_listed and not assertion.shown_at else {}


_REFUSALS = {
    AssertionState.PENDING: lambda: _("This badge is still waiting for an answer."),
    AssertionState.ACCEPTED: lambda: _("This badge has already been accepted."),
    AssertionState.DECLINED: lambda: _("This badge has been declined. Undo the refusal first."),
}
