"""Signed badges: a JWS whose key is the issuer's (Open Badges 2.0, Signed Verification; 1.x: the key as PEM)."""

from typing import Any

from badges.formats import jws, keys
from badges.formats.errors import FormatError, Unreachable
from badges.formats.jws import Jws
from badges.formats.keys import PublicKey
from badges.formats.reading import addresses
from badges.formats.reading.values import ident, many
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import linked
from badges.formats.verify.claims import Claims
from badges.formats.verify.linked import Linked
from badges.formats.verify.session import Session


def check(session: Session, claims: Claims, token: Jws, issuer: Linked | None) -> None:
    """The signature, by the key that the badge names, and whether that key is the issuer's.

    What a header says of keys (jwk, jku, x5u, x5c, kid) is never used.
    """
    algorithm = token.header["alg"]
    if algorithm not in jws.KEYS:
        session.report.bad(CheckId.SIGNATURE, "alg-refused", Verdict.INVALID, alg=algorithm[:20])
        return
    address = _address(session, claims, issuer)
    key = _key(session, claims.version, address) if address else None
    if key is None:
        return
    public, document = key
    if issuer:
        linked.check_protected(session, issuer.address, address)
    bound = issuer is not None and _is_bound(session, claims.version, address, document, issuer)
    try:
        jws.check(token, public)
    except FormatError as error:
        changed = bound and error.code == "signature-wrong"
        verdict = Verdict.MODIFIED if changed else Verdict.INVALID
        session.report.bad(CheckId.SIGNATURE, error.code, verdict, **error.params)
        return
    session.report.good(CheckId.SIGNATURE, "signature-good")


def _address(session: Session, claims: Claims, issuer: Linked | None) -> str:
    """Where the key is: at `creator`, else where the issuer declares one (section 2.4); empty when nobody says."""
    address = claims.key or (ident(issuer.document.get("publicKey")) if issuer else "")
    if issuer and not address:
        params = {"kind": "Assertion", "property": "creator"}
        session.report.bad(CheckId.KEY, "property-missing", Verdict.INVALID, **params)
    return address


def _key(session: Session, version: str, address: str) -> tuple[PublicKey, dict[str, Any]] | None:
    """The key at an address, with its document; None when it cannot be had or read: the report says why."""
    try:
        document = _key_document(session, version, address)
        if document is None:
            return None
        return keys.of_pem(ident(document.get("publicKeyPem"))), document
    except Unreachable as silence:
        session.report.unknown(CheckId.KEY, silence.code, Verdict.UNREACHABLE, **silence.params)
    except FormatError as error:
        session.report.bad(CheckId.KEY, error.code, Verdict.INVALID, **error.params)
    return None


def _key_document(session: Session, version: str, address: str) -> dict[str, Any] | None:
    """A CryptographicKey; in 1.x, the address answers a PEM alone."""
    if version == "2.0":
        found = linked.read(session, CheckId.KEY, address, "CryptographicKey")
        return found.document if found else None
    content, answer = session.fetch_text(address)
    if not linked.stays_home(session, CheckId.KEY, address, answer.address):
        return None
    return {"publicKeyPem": content}


def _is_bound(session: Session, version: str, address: str, document: dict[str, Any], issuer: Linked) -> bool:
    """Both ways in 2.0: the key's owner is the issuer, and the issuer lists the key. In 1.x, one origin."""
    if version != "2.0":
        named = [ident(item) for item in many(issuer.document.get("publicKey"))]
        bound = addresses.same_authority(address, issuer.address) and (
            not named or any(addresses.same(address, name) for name in named)
        )
    else:
        listed = [ident(item) for item in many(issuer.document.get("publicKey"))]
        owned = any(addresses.same(ident(document.get("owner")), name) for name in names(issuer))
        bound = owned and any(addresses.same(address, name) for name in listed)
    if bound:
        session.report.good(CheckId.KEY, "key-of-issuer", address=addresses.shown(address))
    else:
        session.report.bad(
            CheckId.KEY, "key-not-of-issuer", Verdict.INVALID, address=addresses.shown(address)
        )
    return bound


def names(issuer: Linked) -> list[str]:
    """The ids under which an issuer goes: its address, and the other that it declares on the same host."""
    declared = ident(issuer.document)
    return [issuer.address, *([declared] if addresses.same_authority(declared, issuer.address) else [])]
