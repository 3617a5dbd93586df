"""Verifying Open Badges 3.0 (1EdTech, section 9): VC-JWT and Data Integrity, VCDM 1.1 and 2.0."""

from typing import Any

from badges.formats import did
from badges.formats.jws import Jws
from badges.formats.reading import credential as reading
from badges.formats.reading.addresses import shown
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import (
    credential_dates,
    credential_endorsement,
    credential_refresh,
    credential_shape,
    credential_signed,
    credential_status,
    recipient,
)
from badges.formats.verify.credential_sealed import Sealed, seal
from badges.formats.verify.credential_shape import Kind
from badges.formats.verify.session import Session


def verify_credential(session: Session, document: dict[str, Any], *, token: Jws | None) -> None:
    """Fills the report of a credential: `document` is the payload of `token`, or holds its own proof. Raises nothing.

    Shape, proof, refresh, status, dates, recipient, endorsements; what needs no network is said in any case.
    """
    sealed = seal(document, token)
    session.report.format = "ob3-jwt" if token else "ob3-proof"
    kind = credential_shape.check(session.report, sealed)
    if kind is None:
        return
    session.report.facts = reading.facts(sealed.credential)
    if Verdict.INVALID not in session.report.findings and credential_signed.prove(session, sealed):
        sealed = _further(session, sealed)
    credential_dates.check(session, sealed.credential)
    if kind is Kind.AWARD:
        recipient.check(session, session.report.facts.recipients)


def _further(session: Session, sealed: Sealed) -> Sealed:
    """What is asked only about a credential that is proved: is there a newer one, does it count, who endorses it."""
    current = credential_refresh.newest(session, sealed)
    session.report.facts = reading.facts(current.credential)
    _check_issuer(session, reading.issuer_id(current.credential))
    credential_status.check(session, current.credential)
    credential_endorsement.check(session, current.credential)
    return current


def _check_issuer(session: Session, issuer: str) -> None:
    """A key alone signs any name: without an address, nobody stands for it."""
    if did.carries_key(issuer):
        session.report.unknown(
            CheckId.ISSUER, "issuer-self-asserted", Verdict.UNVERIFIABLE, issuer=shown(issuer)
        )
