"""A credential with what proves it: a proof inside, or the token whose payload it is (section 8)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from badges.formats import jsons, jws
from badges.formats.errors import FormatError
from badges.formats.jws import Jws
from badges.formats.reading.credential import first
from badges.formats.reading.moments import moment

# What servers of credentials and status lists are asked for: with an embedded proof rather than as a token.
ACCEPT = (
    "application/vc, application/vc+ld+json, application/ld+json, application/json;q=0.9, "
    "application/vc+jwt;q=0.8, text/plain;q=0.5"
)


@dataclass(frozen=True)
class Sealed:
    """`payload` is the document with its proof, or all that the token says; `credential` the credential in it."""

    payload: dict[str, Any]
    token: Jws | None
    credential: dict[str, Any]


def seal(document: dict[str, Any], token: Jws | None) -> Sealed:
    """`document` is the payload of `token`, or, without one, a document that should hold its own proof."""
    return Sealed(document, token, credential_of(document) if token else document)


def read(text: str) -> Sealed:
    """From the text of a document or of a token.

    Raises FormatError as `jsons.read` and `jws.read`, and credential-broken for what is no object.
    """
    stripped = text.strip()
    token = None if stripped.startswith("{") else jws.read(stripped)
    document = jsons.read(token.payload if token else stripped)
    if not isinstance(document, dict):
        raise FormatError("credential-broken")
    return seal(document, token)


def credential_of(payload: dict[str, Any]) -> dict[str, Any]:
    """The credential that a token's payload is, or wraps in `vc` with claims in its stead (VCDM 1.1, section 6.3.1)."""
    wrapped = payload.get("vc")
    if not isinstance(wrapped, dict):
        return _with(payload, validUntil=_written(payload.get("exp")))
    subject = _with(first(wrapped.get("credentialSubject")), id=payload.get("sub"))
    begins = {} if "validFrom" in wrapped else {"issuanceDate": _written(payload.get("nbf"))}
    ends = {} if "validUntil" in wrapped else {"expirationDate": _written(payload.get("exp"))}
    filled = _with(wrapped, id=payload.get("jti"), issuer=payload.get("iss"), **begins, **ends)
    return {**filled, "credentialSubject": subject} if subject else filled


def _with(document: dict[str, Any], **members: Any) -> dict[str, Any]:
    """The document, with members that it lacks."""
    lacking = {name: value for name, value in members.items() if value is not None and name not in document}
    return {**document, **lacking}


def _written(value: Any) -> str | None:
    at: datetime | None = moment(value)
    return at.astimezone(UTC).isoformat() if at else None
