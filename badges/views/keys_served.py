"""Public keys, each at an address of its own. Retired ones stay, since what they signed stays good."""

from uuid import UUID

from django.http import HttpRequest

from badges import access, addresses, stating
from badges.enums import KeyKind
from badges.formats import keys as formats
from badges.formats.issue import facts, ob2, ob3
from badges.models import SigningKey
from badges.negotiation import Answer, document, gone, machine_address

MULTIKEY = "https://w3id.org/security/multikey/v1"
JWK = ("application/json", "application/jwk+json", "application/ld+json")


@machine_address
def cryptographic_key(request: HttpRequest, uid: UUID) -> Answer:
    """CryptographicKey, for readers of signed 2.0 badges."""
    key = access.signing_key(uid, [KeyKind.RSA])
    if key.revoked_at:
        return _withdrawn(addresses.rsa_key(uid), key)
    content = ob2.key(stating.issuer(key.issuer, key), addresses.rsa_key(uid), key.public)
    return document(content)


@machine_address
def key(request: HttpRequest, uid: UUID) -> Answer:
    """Ed25519: a Multikey, of embedded proofs. RSA: a bare JWK, to which the `kid` of a VC-JWT leads."""
    found = access.signing_key(uid, list(KeyKind))
    address = addresses.key(uid)
    if found.revoked_at:
        return _withdrawn(address, found)
    if found.kind == KeyKind.RSA:
        return document(_jwk(address, found.public), types=JWK)
    stated = stating.issuer(found.issuer, found)
    content = {"@context": MULTIKEY, **ob3.multikey(stated, address, found.public)}
    return document(content)


def _jwk(address: str, pem: str) -> dict:
    return {**formats.jwk(formats.of_pem(pem)), "alg": "RS256", "use": "sig", "kid": address}


def _withdrawn(address: str, found: SigningKey) -> Answer:
    at = facts.moment(found.revoked_at) if found.revoked_at else ""
    return gone({"id": address, "revoked": at})
