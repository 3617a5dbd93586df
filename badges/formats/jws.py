"""Signed texts: JWS compact serialisation (RFC 7515, section 7.1), of which OB 2.0 and VC-JWT are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from jwt.api_jws import PyJWS

from badges.formats import jsons
from badges.formats.errors import FormatError
from badges.formats.keys import PublicKey
from badges.formats.multibase import b64url, unb64url

LIMIT = 256 * 1024  # characters
# The algorithms that are believed (RFC 7518, RFC 8037), each with its one type of key: the header only chooses.
KEYS: dict[str, type[PublicKey]] = {
    "RS256": RSAPublicKey,
    "ES256": EllipticCurvePublicKey,
    "EdDSA": Ed25519PublicKey,
}
_algorithms = PyJWS(algorithms=list(KEYS))


@dataclass(frozen=True)
class Jws:
    """A token taken apart; nothing of it is believed before `check`."""

    header: dict[str, Any]
    payload: bytes
    signing_input: bytes
    signature: bytes


def read(token: str) -> Jws:
    """The parts of a compact JWS of at most 256 KB; white space around it is passed over.

    Raises FormatError: jws-too-big, jws-broken (not three parts in strict base64url, or a header that is no object),
    jws-extension (`crit` or `b64`: none is understood here), alg-refused (no `alg`), and those of `jsons.read`.
    """
    if len(token) > LIMIT:
        raise FormatError("jws-too-big", limit=str(LIMIT // 1024))
    parts = token.strip(" \t\r\n").split(".")
    if len(parts) != 3:
        raise FormatError("jws-broken")
    try:
        raw, payload, signature = map(unb64url, parts)
    except FormatError as error:
        raise FormatError("jws-broken") from error
    header = jsons.read(raw, limit=16 * 1024)
    if not isinstance(header, dict):
        raise FormatError("jws-broken")
    if "crit" in header or "b64" in header:
        raise FormatError("jws-extension")
    if not isinstance(header.get("alg"), str):
        raise FormatError("alg-refused", alg="")
    return Jws(header, payload, ".".join(parts[:2]).encode(), signature)


def sign(payload: bytes, key: RSAPrivateKey, *, header: dict[str, Any]) -> str:
    """The compact JWS of `payload` with RS256. The header is written as given; its `alg` is "RS256".

    Raises FormatError: alg-refused.
    """
    if header.get("alg") != "RS256":
        raise FormatError("alg-refused", alg=str(header.get("alg", ""))[:20])
    signing_input = f"{b64url(jsons.write(header).encode())}.{b64url(payload)}"
    signature = _algorithms.get_algorithm_by_name("RS256").sign(signing_input.encode(), key)
    return f"{signing_input}.{b64url(signature)}"


def check(token: Jws, key: PublicKey) -> None:
    """Whether `key` signed `token`. Raises FormatError: alg-refused, alg-not-of-key, signature-wrong."""
    algorithm = token.header["alg"]
    if algorithm not in KEYS:
        raise FormatError("alg-refused", alg=algorithm[:20])
    if not isinstance(key, KEYS[algorithm]):
        raise FormatError("alg-not-of-key", alg=algorithm)
    verify: Callable[..., bool] = _algorithms.get_algorithm_by_name(algorithm).verify
    if not verify(token.signing_input, key, token.signature):
        raise FormatError("signature-wrong")
