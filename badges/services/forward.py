"""« Ce badge n'est pas pour moi »: who received it gives the address of the right person."""

from django.db import transaction
from django.utils.translation import gettext as _

from badges import lists
from badges.enums import EventKind
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services import change
from badges.services.readdress import readdress
from badges.services.resend import require_waiting
from passport.lib.folding import fold_address

MOST = 5


@transaction.atomic
def forward(*, assertion: Assertion, address: str) -> Assertion:
    """Sends a waiting badge to `address` with a new link; the old one dies.

    Raises NotPossible: answered, withdrawn, forwarded MOST times, no valid address, or one to which it cannot go. Why
    it cannot is not said: whether somebody has a badge is nobody else's business.
    """
    assertion = change.lock(assertion)
    require_waiting(assertion)
    if assertion.events.filter(kind=EventKind.FORWARDED).count() >= MOST:
        raise NotPossible(
            _("This badge has been passed on many times. Write to the issuer: they can correct it.")
        )
    address = fold_address(address)
    if address == assertion.folded_address:
        raise NotPossible(_("The badge was sent to this address. Give the one of the right person."))
    if reason := lists.refusal(address, assertion.recipient_name):
        raise NotPossible(reason)
    try:
        return readdress(assertion=assertion, address=address, by=None, kind=EventKind.FORWARDED)
    except NotPossible as refusal:
        raise NotPossible(
            _("The badge cannot go to this address. Give another one, or refuse it.")
        ) from refusal
