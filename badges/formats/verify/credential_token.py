"""VC-JWT: what its claims say beside the credential, and whose key signed it (section 8.2)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from badges.formats import jws, keys
from badges.formats.errors import FormatError
from badges.formats.keys import PublicKey
from badges.formats.reading.addresses import is_web, shown
from badges.formats.reading.credential import first, issuer_id
from badges.formats.reading.moments import moment
from badges.formats.reading.values import ident, one
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import credential_key
from badges.formats.verify.credential_judged import BAD, Judged, put
from badges.formats.verify.credential_sealed import Sealed
from badges.formats.verify.credential_signature import check_signature
from badges.formats.verify.session import Session

# Claims that repeat a date of the credential, under its names in VCDM 2.0 and 1.1.
DATES = {"nbf": ("validFrom", "issuanceDate"), "exp": ("validUntil", "expirationDate")}


def prove(session: Session, sealed: Sealed, token: jws.Jws) -> bool:
    """Puts claims, key and signature in the report; True when all are good."""
    report, issuer = session.report, issuer_id(sealed.credential)
    try:
        check_claims(sealed.payload, sealed.credential)
        reference, own = _named(token.header, issuer)
        check_signature(
            session,
            lambda key: jws.check(token, key),
            own=own,
            is_claimed=reference.startswith(f"{issuer}#"),
            find=_finder(session, issuer, token.header, reference, own),
        )
    except BAD as bad:
        put(report, CheckId.SIGNATURE, bad)
        return False
    report.good(CheckId.KEY, "key-of-issuer", address=shown(reference or issuer))
    return True


def check_claims(payload: dict[str, Any], credential: dict[str, Any]) -> None:
    """Claims that are there agree with the credential. Raises FormatError: claim-differs, claim-unreadable."""
    wrapped = payload.get("vc")
    if isinstance(wrapped, dict):
        for name in wrapped:
            if name in payload and payload[name] != wrapped[name]:
                raise FormatError("claim-differs", claim=shown(name))
    subject = ident(first(credential.get("credentialSubject")))
    for claim, value in {"iss": issuer_id(credential), "jti": ident(credential), "sub": subject}.items():
        if claim in payload and value and not _is_same(payload[claim], value):
            raise FormatError("claim-differs", claim=claim)
    for claim, names in DATES.items():
        _check_date(payload, credential, claim, names)


def _check_date(
    payload: dict[str, Any], credential: dict[str, Any], claim: str, names: tuple[str, str]
) -> None:
    if claim not in payload:
        return
    claimed = moment(payload[claim])
    if claimed is None or (isinstance(payload[claim], str) and not payload[claim].isdecimal()):
        raise FormatError("claim-unreadable", claim=claim)
    written = [moment(one(credential[name])) for name in names if name in credential]
    if written and not any(at and int(at.timestamp()) == int(claimed.timestamp()) for at in written):
        raise FormatError("claim-differs", claim=claim)


def _is_same(claim: Any, value: str) -> bool:
    return isinstance(claim, str) and unquote(claim.strip()) == unquote(value.strip())


def _named(header: dict[str, Any], issuer: str) -> tuple[str, PublicKey | None]:
    """The method that a header names, and the key that it carries: in the name itself, or as `jwk` where none is named.

    `jku`, `x5u` and `x5c` are never read. Raises FormatError: alg-refused, key-not-named and those of keys.
    """
    reference, given = header.get("kid", ""), header.get("jwk")
    if header.get("alg") not in jws.KEYS:
        raise FormatError("alg-refused", alg=shown(header.get("alg")))
    if isinstance(reference, str) and reference:
        reference = f"{issuer}{reference}" if reference.startswith("#") else reference
        return reference, credential_key.carried(reference) if _is_absolute(reference) else None
    if isinstance(given, dict):
        return "", keys.of_jwk(given)
    raise FormatError("key-not-named")


def _finder(
    session: Session, issuer: str, header: dict[str, Any], reference: str, own: PublicKey | None
) -> Callable[[], PublicKey]:
    """How the issuer's key is found by what the header names."""
    if reference and _is_absolute(reference):
        return lambda: credential_key.of_issuer(session, issuer, reference, may_be_bare=True)
    return lambda: _among_listed(session, issuer, reference, own)


def _among_listed(session: Session, issuer: str, reference: str, own: PublicKey | None) -> PublicKey:
    for name, key in credential_key.listed(session, issuer):
        if keys.jwk(key) == keys.jwk(own) if own else name.endswith(f"#{reference}"):
            return key
    raise Judged(CheckId.KEY, Verdict.INVALID, "key-not-listed", key=shown(reference or "jwk"))


def _is_absolute(reference: str) -> bool:
    return is_web(reference) or ":" in reference
