"""The newer version of a credential that its issuer may offer (« 1EdTech Credential Refresh Service »)."""

from urllib.parse import unquote

from badges.formats.errors import FormatError, Unreachable
from badges.formats.reading import credential as reading
from badges.formats.reading.addresses import shown
from badges.formats.reading.values import ident, objects
from badges.formats.report import CheckId
from badges.formats.verify import credential_shape, credential_signed
from badges.formats.verify.credential_judged import aside
from badges.formats.verify.credential_sealed import ACCEPT, Sealed, read
from badges.formats.verify.session import Session

SERVICE = "1EdTechCredentialRefresh"


def newest(session: Session, sealed: Sealed) -> Sealed:
    """The newer version, asked for once, if it is the same badge and good itself; else the one given."""
    for service in objects(sealed.credential.get("refreshService"), 1):
        if service.get("type") == SERVICE:
            other = _offered(session, ident(service))
            if other and _replaces(session, other, sealed):
                session.report.good(CheckId.SOURCE, "refresh-newer", address=shown(ident(service)))
                return other
            session.report.unknown(CheckId.SOURCE, "refresh-none", address=shown(ident(service)))
    return sealed


def _offered(session: Session, address: str) -> Sealed | None:
    try:
        return read(session.fetch_text(address, accept=ACCEPT)[0])
    except (FormatError, Unreachable):
        return None


def _replaces(session: Session, other: Sealed, sealed: Sealed) -> bool:
    """The same issuer and id, and a later start (section 5.4, « equality and comparison »)."""
    older, newer = reading.beginning(sealed.credential), reading.beginning(other.credential)
    if older is None or newer is None or newer <= older or _name(other) != _name(sealed):
        return False
    trial = aside(session)
    return (
        credential_shape.check(trial.report, other) is credential_shape.Kind.AWARD
        and not trial.report.findings
        and credential_signed.prove(trial, other)
    )


def _name(sealed: Sealed) -> tuple[str, str]:
    issuer, own = reading.issuer_id(sealed.credential), ident(sealed.credential)
    return unquote(issuer).strip(), unquote(own).strip()
