from django.db import transaction
from django.utils.translation import gettext as _

from badges.enums import AssertionState, Visibility
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services import change
from badges.services.imports.doubt import is_refuted


@transaction.atomic
def show(
    *, assertion: Assertion, visibility: Visibility | None, name_listed: bool | None = None
) -> Assertion:
    """Sets who sees a held badge, and whether its name stands in lists of recipients. None leaves it as it is now."""
    assertion = change.lock(assertion)
    if assertion.is_revoked:
        raise NotPossible(_("This badge has been withdrawn by its issuer."))
    if assertion.state != AssertionState.ACCEPTED:
        raise NotPossible(_("Accept this badge before choosing who sees it."))
    if visibility not in {None, Visibility.PRIVATE} and is_refuted(assertion):
        raise NotPossible(
            _(
                "The last verification speaks against this badge: it cannot be shown to others. Verify it again."
            )
        )
    listed = assertion.name_listed if name_listed is None else name_listed
    change.write(assertion, visibility=visibility or assertion.visibility, name_listed=listed)
    return assertion
