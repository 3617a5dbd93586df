"""The address of a list was wrong: the badge goes to the right one, and the old link dies."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges import lists
from badges.enums import EventKind
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services import change, mailing
from badges.services.events import log
from badges.services.heralding import herald_waiting
from badges.services.invite import invitation
from badges.services.resend import require_waiting
from passport.lib.folding import fold_address


@transaction.atomic
def readdress(
    *, assertion: Assertion, address: str, by: User | None, kind: EventKind = EventKind.READDRESSED
) -> Assertion:
    """Sends a waiting badge to another address, with a new link. The address that it has already: nothing.

    `kind`: how the history names it. Raises NotPossible: answered, withdrawn, no valid address, one that has this
    badge already, or one that wants no mail.
    """
    assertion = change.lock(assertion)
    require_waiting(assertion)
    address, before = fold_address(address), assertion.recipient_address
    if address == assertion.folded_address:
        return assertion
    if reason := lists.refusal(address, assertion.recipient_name):
        raise NotPossible(reason)
    mailing.require_wanted(assertion, address)
    _require_free(assertion, address)
    try:
        with transaction.atomic():
            change.write(assertion, recipient_address=address, **mailing.new_link(assertion, timezone.now()))
    except IntegrityError as error:  # awarded to that address meanwhile
        raise NotPossible(_taken()) from error
    mailing.post(assertion, invitation(assertion))
    herald_waiting([assertion])
    log(assertion=assertion, kind=kind, by=by, before=before, after=address)
    return assertion


def _require_free(assertion: Assertion, address: str) -> None:
    if Assertion.objects.sent_to(address).filter(badge_class=assertion.badge_class, revoked_at=None).exists():
        raise NotPossible(_taken())


def _taken() -> str:
    return _("This address has this badge already. Give another one.")
