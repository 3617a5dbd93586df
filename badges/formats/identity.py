"""Recipients as badges name them: plain or hashed (OB 2.0, IdentityObject; OB 3.0, IdentityObject)."""

import hashlib
import hmac
import re

# "sha256$…" and, read but never written, "md5$…".
HASH = re.compile(r"(sha256|md5)\$([0-9a-f]+)", re.IGNORECASE)
ALGORITHMS = {"sha256": hashlib.sha256, "md5": hashlib.md5}
WORD = re.compile(r"[a-z]+")


def hashed(identity: str, salt: str) -> str:
    """ "sha256$" and the hexadecimal SHA-256 of identity and salt, in UTF-8."""
    return "sha256$" + hashlib.sha256(_octets(identity + salt)).hexdigest()


def matches(given: str, *, identity: str, salt: str, hashed: bool) -> bool:
    """Whether `given` (an address that its owner has confirmed) is the identity of a badge.

    Case does not count, for the letters A to Z only: a letter that looks like one of them is another letter.
    Issuers hash what was typed, so that the usual ways to type an address are tried. Takes constant time.
    """
    plain = given.strip()
    if not plain:
        return False
    if not hashed:
        return hmac.compare_digest(_octets(_lower(plain)), _octets(_lower(identity.strip())))
    found = HASH.fullmatch(identity.strip())
    if found is None:
        return False
    algorithm, digest = ALGORITHMS[found[1].lower()], found[2].lower()
    results = [
        hmac.compare_digest(algorithm(_octets(typed + salt)).hexdigest(), digest) for typed in _typings(plain)
    ]
    return any(results)


def _typings(plain: str) -> set[str]:
    lower = _lower(plain)
    local, at, host = lower.rpartition("@")
    return {
        plain,
        lower,
        _octets(lower).upper().decode("utf-8", "surrogatepass"),
        lower[:1].swapcase() + lower[1:] if lower[:1].isascii() else lower,
        WORD.sub(lambda word: word[0].capitalize(), local) + at + host,
    }


def _lower(text: str) -> str:
    # Bytes know of ASCII letters only.
    return _octets(text).lower().decode("utf-8", "surrogatepass")


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
