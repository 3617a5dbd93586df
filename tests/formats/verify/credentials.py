"""Credentials of an issuer of the tests' own, and what its site answers."""

from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from badges.formats import identity, jsons, jws, keys, proofs, status
from badges.formats.errors import FormatError
from badges.formats.report import Report, Verdict
from badges.formats.verify.credential import verify_credential
from badges.formats.verify.session import Session
from tests.formats.verify.served import Served

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
SITE = "https://issuer.example"
ISSUER = f"{SITE}/issuers/1"
KEY = f"{ISSUER}/keys/ed25519-1"
RSA = f"{ISSUER}/keys/rsa-1"
LIST = f"{SITE}/lists/1"
BADGE = f"{SITE}/credentials/1"
V1, V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
LEGACY = "https://w3id.org/security/suites/ed25519-2020/v1"
CONTEXTS = [V2, OB3, EXTENSIONS]
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
MULTIKEY, OTHER_MULTIKEY = (keys.multikey(key.public_key()) for key in (SIGNER, OTHER))


@cache
def rsa() -> RSAPrivateKey:
    return keys.new_rsa()


@cache
def other_rsa() -> RSAPrivateKey:
    return keys.new_rsa()


def award(**changes: Any) -> dict[str, Any]:
    """An OpenBadgeCredential without proof; a change to None takes the property out."""
    whole = {
        "@context": CONTEXTS,
        "id": BADGE,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Alice Martin",
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Université", "url": SITE},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:a2b1",
            "type": ["AchievementSubject"],
            "identifier": [identified("alice@example.org")],
            "achievement": {
                "id": f"{SITE}/achievements/1",
                "type": ["Achievement"],
                "name": "Participation",
                "description": "Took part.",
                "criteria": {"narrative": "Be there."},
            },
        },
    }
    return without({**whole, **changes})


def without(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if value is not None}


def identified(address: str, salt: str = "grain") -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": identity.hashed(address, salt),
        "identityType": "emailAddress",
        "salt": salt,
    }


def proved(document: dict[str, Any], *, key: Ed25519PrivateKey = SIGNER, method: str = KEY) -> dict[str, Any]:
    return proofs.sign(document, key=key, method=method, created="2026-01-01T00:00:00Z")


def token(
    document: dict[str, Any], *, key: RSAPrivateKey | None = None, header: Any = None, **claims: Any
) -> str:
    """A VC-JWT of a credential, with the claims of an honest issuer unless others are given."""
    honest = {"iss": ISSUER, "jti": document.get("id"), "nbf": 1767225600, "sub": "urn:uuid:a2b1"}
    payload = without({**document, **honest, **claims})
    return jws.sign(
        jsons.write(payload).encode(),
        key or rsa(),
        header={"alg": "RS256", **({"kid": RSA, "typ": "JWT"} if header is None else header)},
    )


def multikey(address: str = KEY, **changes: Any) -> dict[str, Any]:
    whole = {"id": address, "type": "Multikey", "controller": ISSUER, "publicKeyMultibase": MULTIKEY}
    return without({**whole, **changes})


def profile(*methods: Any, **changes: Any) -> dict[str, Any]:
    """The issuer's document, which lists `methods` (both keys by their addresses if none is given)."""
    whole = {"id": ISSUER, "type": ["Profile"], "assertionMethod": list(methods) or [KEY, RSA]}
    return without({**whole, **changes})


def site(**changes: Any) -> dict[str, Any]:
    """What the issuer's site answers. Changes go by the names of this module's addresses."""
    jwk = {**keys.jwk(rsa().public_key()), "alg": "RS256", "use": "sig", "kid": RSA}
    pages: dict[str, Any] = {"ISSUER": profile(), "KEY": multikey(), "RSA": jwk, "LIST": status_list([])}
    return {
        globals()[name]: deepcopy(page) for name, page in {**pages, **changes}.items() if page is not None
    }


def status_list(revoked: list[int], **changes: Any) -> dict[str, Any]:
    from_subject = changes.pop("subject", {})
    key, method = changes.pop("key", SIGNER), changes.pop("method", KEY)
    subject = {
        "id": f"{LIST}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": status.bitstring(revoked),
        **from_subject,
    }
    whole = {
        "@context": [V2],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": subject,
    }
    return proved(without({**whole, **changes}), key=key, method=method)


def listed(index: Any = "7", **changes: Any) -> dict[str, Any]:
    """`credentialStatus` of a place in that list."""
    whole = {
        "id": f"{LIST}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": LIST,
    }
    return without({**whole, **changes})


def verified(given: dict[str, Any] | str, pages: Any = None, **options: Any) -> Report:
    """The report on a document or a token. `pages`: what answers, by default the issuer's site."""
    served = pages if isinstance(pages, Served) else Served(site() if pages is None else pages)
    session = Session(served, options.get("at", AT), options.get("recipients", ()), Report())
    parsed = jws.read(given) if isinstance(given, str) else None
    document = jsons.read(parsed.payload) if parsed else jsons.read(jsons.write(given))
    verify_credential(session, document, token=parsed)
    return session.report


def verdict(given: dict[str, Any] | str, pages: Any = None, **options: Any) -> Verdict:
    return verified(given, pages, **options).verdict


def codes(report: Report, ok: bool | None = False) -> list[str]:
    """Codes of the checks that came out so."""
    return [check.code for check in report.checks if check.ok is ok]


def refused(given: str) -> str:
    """The code with which a text is refused before it is a credential."""
    try:
        jws.read(given)
    except FormatError as error:
        return error.code
    return ""
