"""An award from elsewhere goes from one issuer's rows to another's: claimed and then proved, or the other way round."""

from badges.formats.report import Facts
from badges.models import Assertion, BadgeClass, Issuer
from badges.services import change, figures
from badges.services.figures import Listing
from badges.services.imports import known

NOWHERE = Listing(frozenset(), None)


def move(assertion: Assertion, issuer: Issuer, facts: Facts, *, of_class: str, shown: str) -> None:
    """Brings a locked award to its badge of `issuer`, with the words of `facts`; rows that it leaves empty go.

    `of_class`, `shown`: pictures of the badge and of this award. Who sees it does not change; the gallery's figures
    follow. Call it in a transaction.
    """
    left, listing = assertion.badge_class, Listing.of(assertion)
    badge_class = known.badge_class_of(
        issuer, facts, image=of_class, holder=assertion.holder, address=assertion.recipient_address
    )
    change.write(
        assertion, badge_class=badge_class, version=known.version_of(badge_class, facts, image=shown)
    )
    figures.move(left.pk, listing, NOWHERE)
    figures.move(badge_class.pk, NOWHERE, listing)
    _drop_if_empty(left)


def _drop_if_empty(badge_class: BadgeClass) -> None:
    """Nobody stays under words that were written by a badge which has left."""
    issuer = badge_class.issuer
    if not badge_class.assertions.exists():
        badge_class.delete()
    if not issuer.badge_classes.exists():
        issuer.delete()
