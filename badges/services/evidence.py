"""What shows that an award is deserved: its issuer tells of it, and what is held is signed again with it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from badges.enums import AssertionState, EventKind
from badges.exceptions import NotPossible
from badges.models import Assertion, Evidence
from badges.services import change
from badges.services.events import log
from badges.services.sign import sign


@transaction.atomic
def save(
    *, assertion: Assertion, kept: Sequence[Evidence], removed: Sequence[Evidence], by: User | None
) -> Assertion:
    """Writes `kept`, new and changed ones, takes `removed` away, and notes each with its name before and after.

    An award that is held is signed again, once (Open Badges 2.0 « Evidence », 3.0 « Evidence »). Nothing given:
    nothing done. Raises NotPossible for an award that was withdrawn; sealing.SecretLost.
    """
    assertion = change.lock(assertion)
    if assertion.is_revoked:
        raise NotPossible(_("This award was revoked: its evidence no longer changes."))
    names = dict(assertion.evidence.values_list("pk", "name"))
    for evidence in removed:
        log(assertion=assertion, kind=EventKind.EVIDENCE, by=by, before=names.get(evidence.pk, ""))
        evidence.delete()
    for evidence in kept:
        before = names.get(evidence.pk, "")
        evidence.assertion = assertion
        evidence.save()
        log(assertion=assertion, kind=EventKind.EVIDENCE, by=by, before=before, after=evidence.name)
    if (kept or removed) and assertion.state == AssertionState.ACCEPTED:
        sign(assertion)
    return assertion
