"""Embedded proofs: Data Integrity 1.0 with the EdDSA cryptosuites, and the older Ed25519Signature2020."""

from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from badges.formats.canonical import jcs, nquads
from badges.formats.errors import FormatError
from badges.formats.keys import PublicKey
from badges.formats.multibase import b58, unb58

RDFC, JCS, LEGACY = "eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020"
# What `check` understands: cryptosuites of DataIntegrityProof, and a type of proof of its own.
SUITES = frozenset({RDFC, JCS, LEGACY})


def sign(document: dict[str, Any], *, key: Ed25519PrivateKey, method: str, created: str) -> dict[str, Any]:
    """The document with one proof (eddsa-rdfc-2022, vc-di-eddsa section 3.2.1); an older one is replaced.

    `method` is the address of the key, `created` an XSD dateTime. Raises FormatError, as `canonical.nquads`, for a
    document of which a part would not be signed.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": RDFC,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    unsecured = _without_proof(document)
    signature = key.sign(_hashes(unsecured, proof, RDFC))
    return {**unsecured, "proof": [{**proof, "proofValue": "z" + b58(signature)}]}


def of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The proofs of a document. What is no object is none; an empty list is no proof."""
    given = document.get("proof")
    return [proof for proof in (given if isinstance(given, list) else [given]) if isinstance(proof, dict)]


def suite(proof: dict[str, Any]) -> str:
    """The name of a proof's cryptosuite, or its type where that says it; empty when it has neither."""
    name = proof.get("cryptosuite") if proof.get("type") == "DataIntegrityProof" else proof.get("type")
    return name if isinstance(name, str) else ""


def check(document: dict[str, Any], proof: dict[str, Any], key: PublicKey) -> None:
    """Whether `key` made `proof`, one of the proofs of `document`. Dates and whose key it is are the caller's matter.

    Proofs are independent (a set) unless one names others as `previousProof`, which are then signed with the
    document (Data Integrity 1.0, section 4.5); each of them is checked by its own call.
    Raises FormatError: proof-suite-unknown, proof-purpose, proof-value, proof-chain, proof-context, alg-not-of-key,
    signature-wrong, and those of `canonical`.
    """
    name = suite(proof)
    if name not in SUITES:
        raise FormatError("proof-suite-unknown", suite=name[:60])
    if proof.get("proofPurpose") != "assertionMethod":
        raise FormatError("proof-purpose", purpose=str(proof.get("proofPurpose"))[:60])
    signature = _signature(proof)
    if not isinstance(key, Ed25519PublicKey):
        raise FormatError("alg-not-of-key", alg=name)
    options = {member: value for member, value in proof.items() if member != "proofValue"}
    try:
        key.verify(signature, _hashes(_secured(document, proof), options, name))
    except InvalidSignature as error:
        raise FormatError("signature-wrong") from error


def _hashes(document: dict[str, Any], options: dict[str, Any], name: str) -> bytes:
    """What is signed: the hash of the proof's options, then the document's (vc-di-eddsa, sections 3.2.4 and 3.3.4)."""
    if name == JCS:
        return sha256(jcs(options)).digest() + sha256(jcs(_in_context_of(document, options))).digest()
    configuration = nquads({"@context": document.get("@context"), **options})
    return sha256(configuration.encode()).digest() + sha256(nquads(document).encode()).digest()


def _in_context_of(document: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """A proof in JCS may have a context: the first ones of the document's, which were all when it was signed."""
    if "@context" not in options:
        return document
    own, whole = _list(options["@context"]), _list(document.get("@context"))
    if whole[: len(own)] != own:
        raise FormatError("proof-context")
    return {**document, "@context": options["@context"]}


def _secured(document: dict[str, Any], proof: dict[str, Any]) -> dict[str, Any]:
    """The document without proofs but those that `proof` follows."""
    unsecured = _without_proof(document)
    if "previousProof" not in proof:
        return unsecured
    names = _list(proof["previousProof"])
    earlier = [other for other in of(document) if other.get("id") in names and other is not proof]
    if not all(isinstance(name, str) for name in names) or len(earlier) != len(names):
        raise FormatError("proof-chain")
    return {**unsecured, "proof": earlier}


def _signature(proof: dict[str, Any]) -> bytes:
    text = proof.get("proofValue")
    if not isinstance(text, str) or not text.startswith("z") or len(text) > 100:
        raise FormatError("proof-value")
    try:
        signature = unb58(text[1:])
    except FormatError as error:
        raise FormatError("proof-value") from error
    if len(signature) != 64:
        raise FormatError("proof-value")
    return signature


def _without_proof(document: dict[str, Any]) -> dict[str, Any]:
    return {member: value for member, value in document.items() if member != "proof"}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
