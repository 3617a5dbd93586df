"""« Je ne veux plus recevoir »: an address stops the mails of one issuer, and may start them again."""

from django.db import transaction

from badges.enums import EventKind
from badges.models import Assertion, AwardEvent, Issuer, OptOut
from badges.services.events import event_of
from passport.lib.folding import fold_address


@transaction.atomic
def opt_out(*, issuer: Issuer, address: str) -> None:
    """Invitations and reminders of `issuer` no longer leave for `address`; a second click is the same answer.

    Its badges go on waiting: « Retrouver mes badges » still finds them.
    """
    folded = fold_address(address)
    _row, is_new = OptOut.objects.get_or_create(issuer=issuer, folded_address=folded)
    if not is_new:
        return
    waiting = Assertion.objects.sent_to(folded).waiting().filter(badge_class__issuer=issuer)
    # Once: who changes their mind to and fro fills no history.
    unsaid = waiting.exclude(events__kind=EventKind.UNSUBSCRIBED)
    AwardEvent.objects.bulk_create(event_of(award, EventKind.UNSUBSCRIBED) for award in unsaid)


@transaction.atomic
def opt_in(*, issuer: Issuer, address: str) -> None:
    """Mails may leave again, the next ones; nothing that was stopped is sent now."""
    OptOut.objects.filter(issuer=issuer, folded_address=fold_address(address)).delete()
