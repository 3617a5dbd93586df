"""Whether a badge is for one of the people who are asked about."""

from collections.abc import Sequence

from badges.formats import identity
from badges.formats.report import CheckId, RecipientFacts, Verdict
from badges.formats.verify.session import Session


def check(session: Session, found: Sequence[RecipientFacts]) -> None:
    """One of the badge's identifiers must be one of `session.recipients`; without these nothing is said."""
    if not session.recipients:
        session.report.unknown(CheckId.RECIPIENT, "recipient-not-asked")
    elif any(_is(given, recipient) for given in session.recipients for recipient in found):
        session.report.good(CheckId.RECIPIENT, "recipient-good")
    else:
        session.report.bad(CheckId.RECIPIENT, "recipient-other", Verdict.INVALID)


def _is(given: str, recipient: RecipientFacts) -> bool:
    known = recipient.identity.removeprefix("mailto:")
    return identity.matches(given, identity=known, salt=recipient.salt, hashed=recipient.hashed)
