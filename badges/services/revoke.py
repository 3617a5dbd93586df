from django.db import transaction
from django.utils import timezone

from badges.enums import RevocationReason
from badges.models import Assertion
from badges.services import change


@transaction.atomic
def revoke(*, assertion: Assertion, reason: RevocationReason) -> Assertion:
    """Withdraws an award for good; a second call changes nothing.

    What was public keeps a page that says so, and nothing more.
    """
    assertion = change.lock(assertion)
    if not assertion.is_revoked:
        change.write(assertion, revoked_at=timezone.now(), revocation_reason=reason)
    return assertion
