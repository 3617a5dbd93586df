"""A badge that was only claimed when it was kept, and that its issuer's own site proves afterwards."""

from badges.enums import Origin
from badges.formats.report import Facts, Report
from badges.models import Assertion
from badges.services import change, figures
from badges.services.figures import Listing
from badges.services.imports import known
from badges.services.imports.pictures import Copied

NOWHERE = Listing(frozenset(), None)


def is_due(assertion: Assertion, report: Report) -> bool:
    """Whether `report` proves what the rows of `assertion` only claim."""
    return assertion.badge_class.issuer.origin == Origin.CLAIMED and known.is_proved(report)


def prove(assertion: Assertion, report: Report, facts: Facts, copied: Copied) -> None:
    """Brings a locked award to the rows of its issuer, with the words that were proved; its own ones go.

    Who sees it does not change; the gallery's figures follow. Call it in a transaction.
    """
    claimed, listing = assertion.badge_class, Listing.of(assertion)
    badge_class = known.badge_class_of(
        known.issuer_of(report, facts),
        facts,
        image=copied.of_class,
        holder=assertion.holder,
        address=assertion.recipient_address,
    )
    version = known.version_of(badge_class, facts, image=copied.shown)
    change.write(assertion, badge_class=badge_class, version=version)
    figures.move(claimed.pk, listing, NOWHERE)
    figures.move(badge_class.pk, NOWHERE, listing)
    claimed.delete()
    claimed.issuer.delete()
