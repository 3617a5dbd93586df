"""Endorsements inside a credential: a few are looked at, to be told of; they never change what it is worth."""

from typing import Any

from badges.formats.errors import FormatError
from badges.formats.reading import credential as reading
from badges.formats.reading.addresses import shown
from badges.formats.reading.values import ident
from badges.formats.report import CheckId
from badges.formats.verify import credential_dates, credential_shape, credential_signed
from badges.formats.verify.credential_judged import aside
from badges.formats.verify.credential_places import endorsements, places
from badges.formats.verify.credential_sealed import Sealed, read, seal
from badges.formats.verify.session import Session

MOST_READ = 3


def check(session: Session, credential: dict[str, Any]) -> None:
    """Puts one note for each of the first endorsements, and one for the others. Depth 1: their own are not read."""
    report, found = session.report, endorsements(credential)
    known = {name for place in places(credential) if (name := ident(place))}
    for item in found[:MOST_READ]:
        sealed = _sealed(item)
        if sealed and _is_good(session, sealed, known):
            report.good(CheckId.ENDORSEMENT, "endorsement-proved", issuer=_by(sealed))
        else:
            report.unknown(CheckId.ENDORSEMENT, "endorsement-doubtful", issuer=_by(sealed))
    if len(found) > MOST_READ:
        report.unknown(CheckId.ENDORSEMENT, "endorsements-unread", count=str(len(found) - MOST_READ))


def _sealed(item: Any) -> Sealed | None:
    try:
        return read(item) if isinstance(item, str) else seal(item, None) if isinstance(item, dict) else None
    except FormatError:
        return None


def _is_good(session: Session, sealed: Sealed, known: set[str]) -> bool:
    trial = aside(session)
    credential_dates.check(trial, sealed.credential)
    return (
        ident(sealed.credential.get("credentialSubject")) in known
        and credential_shape.check(trial.report, sealed) is credential_shape.Kind.ENDORSEMENT
        and not trial.report.findings
        and credential_signed.prove(trial, sealed)
    )


def _by(sealed: Sealed | None) -> str:
    """By the identifier, which the key goes by: a name is anybody's."""
    return (shown(reading.issuer_id(sealed.credential)) if sealed else "") or "?"
