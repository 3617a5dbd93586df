"""Public keys in the forms that badges use: Multikey, PEM, JWK, did:key, did:jwk. A private key is never read."""

import re
from collections.abc import Callable
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    RSAPublicNumbers,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from badges.formats import jsons
from badges.formats.errors import FormatError
from badges.formats.multibase import b58, b64url, unb58, unb64url

# An elliptic key is of P-256.
PublicKey = Ed25519PublicKey | RSAPublicKey | EllipticCurvePublicKey

RSA_BITS = (2048, 8192)  # the least that is safe, the most that is checked in reasonable time
EXPONENT_BITS = 32
ED25519, P256 = b"\xed\x01", b"\x80\x24"  # prefixes of Multikey (CID 1.0, section 2.2.2)
PEM = re.compile(r"\s*-----BEGIN (RSA )?PUBLIC KEY-----[^-]{1,8000}-----END (RSA )?PUBLIC KEY-----\s*")
# Members of a JWK (RFC 7518, section 6) or of a method that hold a secret.
SECRETS = {
    "d", "p", "q", "dp", "dq", "qi", "oth", "k",
    "secretKeyMultibase", "secretKeyJwk", "privateKeyMultibase", "privateKeyJwk", "privateKeyBase58", "privateKeyPem",
}  # fmt: skip
# y of the points of Ed25519 whose order divides 8: with them one signature can be good for every message.
FIELD = 2**255 - 19
ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022
SMALL_ORDER = {0, 1, FIELD - 1, ORDER_8, FIELD - ORDER_8}


def new_ed25519() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def new_rsa() -> RSAPrivateKey:
    """RSA of 2048 bits, exponent 65537."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def multikey(public: PublicKey) -> str:
    """`publicKeyMultibase` (CID 1.0, section 2.2.2): "z6Mk…" for Ed25519, "zDn…" for P-256. RSA has none: TypeError."""
    if isinstance(public, Ed25519PublicKey):
        return "z" + b58(ED25519 + public.public_bytes_raw())
    if isinstance(public, EllipticCurvePublicKey):
        return "z" + b58(P256 + public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
    raise TypeError("No Multikey form for this key")


def of_multikey(text: str) -> PublicKey:
    """The key of a `publicKeyMultibase`. Raises FormatError: key-unreadable, key-too-weak."""
    data = _decoded(unb58, text[1:]) if text.startswith("z") and len(text) < 120 else b""
    if data.startswith(ED25519):
        return _ed25519(data.removeprefix(ED25519))
    try:
        if data.startswith(P256) and len(data) == 35:
            return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), data.removeprefix(P256))
    except ValueError:
        pass
    raise FormatError("key-unreadable")


def pem(public: PublicKey) -> str:
    """SubjectPublicKeyInfo in PEM (RFC 7468, section 13)."""
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def of_pem(text: str) -> PublicKey:
    """The key of a PEM text: SubjectPublicKeyInfo, or RSA's own (PKCS#1). A certificate is none.

    Raises FormatError: key-unreadable, key-too-weak, key-private.
    """
    if "PRIVATE KEY" in text:
        raise FormatError("key-private")
    if not PEM.fullmatch(text):
        raise FormatError("key-unreadable")
    try:
        key = load_pem_public_key(text.strip().encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise FormatError("key-unreadable") from error
    return _accepted(key)


def jwk(public: PublicKey) -> dict[str, str]:
    """The members of a JWK that make its thumbprint (RFC 7638): no `kid`, `alg` or `use`."""
    if isinstance(public, RSAPublicKey):
        numbers = public.public_numbers()
        return {"kty": "RSA", "n": _b64url_number(numbers.n), "e": _b64url_number(numbers.e)}
    if isinstance(public, Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": b64url(public.public_bytes_raw())}
    point = public.public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": b64url(point.x.to_bytes(32)), "y": b64url(point.y.to_bytes(32))}


def of_jwk(value: dict[str, Any]) -> PublicKey:
    """The key of a JWK (RFC 7518, section 6; RFC 8037 for Ed25519).

    Raises FormatError: key-unreadable, key-too-weak, key-private.
    """
    if SECRETS & value.keys():
        raise FormatError("key-private")
    try:
        match (value.get("kty"), value.get("crv")):
            case ("RSA", _):
                return _accepted(RSAPublicNumbers(_number(value, "e"), _number(value, "n")).public_key())
            case ("OKP", "Ed25519"):
                return _ed25519(_octets(value, "x"))
            case ("EC", "P-256"):
                point = EllipticCurvePublicNumbers(_number(value, "x"), _number(value, "y"), SECP256R1())
                return point.public_key()
    except FormatError:
        raise
    except ValueError as error:
        raise FormatError("key-unreadable") from error
    raise FormatError("key-unreadable")


def of_did_key(did: str) -> PublicKey:
    """The key of `did:key:z…` (did:key 0.9), or of its method `did:key:z…#z…`. Raises FormatError: key-unreadable."""
    name, _, fragment = did.partition("#")
    text = name.removeprefix("did:key:")
    if text == name or fragment not in {"", text}:
        raise FormatError("key-unreadable")
    return of_multikey(text)


def of_did_jwk(did: str) -> PublicKey:
    """The key of `did:jwk:…`, or of its method `did:jwk:…#0`. Raises FormatError as `of_jwk`."""
    name, _, fragment = did.partition("#")
    text = name.removeprefix("did:jwk:")
    if text == name or fragment not in {"", "0"}:
        raise FormatError("key-unreadable")
    try:
        value = jsons.read(unb64url(text), limit=8192)
    except FormatError as error:
        raise FormatError("key-unreadable") from error
    return of_method({"publicKeyJwk": value})


def of_method(value: dict[str, Any]) -> PublicKey:
    """The key of a document that describes one: Multikey, Ed25519VerificationKey2020, JsonWebKey, CryptographicKey
    (`publicKeyPem`), or a bare JWK. It holds one key in one form.

    Raises FormatError: key-unreadable, key-too-weak, key-private.
    """
    if SECRETS & value.keys():
        raise FormatError("key-private")
    forms = [
        value.get(name)
        for name in ("publicKeyMultibase", "publicKeyJwk", "publicKeyPem", "kty")
        if name in value
    ]
    match (forms, value):
        case ([str(text)], {"publicKeyMultibase": _}):
            return of_multikey(text)
        case ([dict(key)], {"publicKeyJwk": _}):
            return of_jwk(key)
        case ([str(text)], {"publicKeyPem": _}):
            return of_pem(text)
        case ([str()], {"kty": _}):
            return of_jwk(value)
    raise FormatError("key-unreadable")


def _accepted(key: object) -> PublicKey:
    if isinstance(key, Ed25519PublicKey):
        return _ed25519(key.public_bytes_raw())
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return key
    if not isinstance(key, RSAPublicKey):
        raise FormatError("key-unreadable")
    least, most = RSA_BITS
    if key.key_size < least:
        raise FormatError("key-too-weak")
    if key.key_size > most or key.public_numbers().e.bit_length() > EXPONENT_BITS:
        raise FormatError("key-unreadable")
    return key


def _ed25519(data: bytes) -> Ed25519PublicKey:
    y = int.from_bytes(data, "little") & ((1 << 255) - 1)
    if len(data) != 32 or y >= FIELD:
        raise FormatError("key-unreadable")
    if y in SMALL_ORDER:
        raise FormatError("key-too-weak")
    return Ed25519PublicKey.from_public_bytes(data)


def _octets(value: dict[str, Any], name: str) -> bytes:
    text = value.get(name)
    if not isinstance(text, str) or not 0 < len(text) <= 2048:
        raise FormatError("key-unreadable")
    return _decoded(unb64url, text)


def _decoded(decode: Callable[[str], bytes], text: str) -> bytes:
    try:
        return decode(text)
    except FormatError as error:
        raise FormatError("key-unreadable") from error


def _number(value: dict[str, Any], name: str) -> int:
    return int.from_bytes(_octets(value, name))


def _b64url_number(number: int) -> str:
    return b64url(number.to_bytes((number.bit_length() + 7) // 8))
