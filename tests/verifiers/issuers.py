"""What the issuers of published credentials would serve, had they still an address."""

from badges.formats import proofs
from badges.formats.documents import Answer
from tests.verifiers.judges import served


def key_of(issuer: str, method: str, multibase: str = "") -> dict[str, Answer]:
    """A key at an address of its own, and the document of the issuer that lists it."""
    key = {
        "id": method,
        "type": "Multikey",
        "controller": issuer,
        "publicKeyMultibase": multibase or method.partition("#")[2],
    }
    controller = {
        "@context": ["https://www.w3.org/ns/cid/v1", "https://www.w3.org/ns/credentials/v2"],
        "id": issuer,
        "assertionMethod": [method],
        "verificationMethod": [key],
    }
    return served(method, {"@context": "https://w3id.org/security/multikey/v1", **key}) | served(
        issuer, controller
    )


def keys_of(*credentials: dict) -> dict[str, Answer]:
    """The keys of credentials that name them by their issuer's address and the key itself as fragment."""
    found = {}
    for credential in credentials:
        issuer = credential.get("issuer", "")
        for proof in proofs.of(credential):
            if "verificationMethod" in proof:
                found |= key_of(
                    issuer if isinstance(issuer, str) else issuer["id"], proof["verificationMethod"]
                )
    return found
