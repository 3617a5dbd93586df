"""Decentralised identifiers (W3C DID 1.0, section 3.1) of the methods that are read: did:key, did:jwk and did:web."""

import re

from badges.formats import keys
from badges.formats.errors import FormatError

LONGEST = 10_000  # a did:jwk carries a whole RSA key
DID = re.compile(r"did:(?P<method>[a-z0-9]+):(?P<rest>[A-Za-z0-9._:%-]+)")
HOST = re.compile(r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?:%3[Aa](?P<port>\d{1,5}))?")
# A part of a path: no dots alone, no slash or percent sign in disguise.
PART = re.compile(r"(?!\.+\Z)(?:[A-Za-z0-9._-]|%(?!2[EeFf5]|5[Cc]|[01])[0-9A-Fa-f]{2})+")
CARRIERS = {"key": keys.of_did_key, "jwk": keys.of_did_jwk}


def method(did: str) -> str:
    """The method of a DID (« key », « web » …); empty for what is no DID. A fragment is not part of it."""
    match = DID.fullmatch(did) if len(did) <= LONGEST else None
    return match["method"] if match else ""


def carries_key(did: str) -> bool:
    return method(did) in CARRIERS


def key(did: str) -> keys.PublicKey:
    """The key that a did:key or did:jwk is, with or without the fragment of its one method.

    Raises FormatError: did-refused, key-unreadable, key-too-weak, key-private.
    """
    name = method(did.partition("#")[0])
    if name not in CARRIERS:
        raise FormatError("did-refused", did=did[:200])
    return CARRIERS[name](did)


def web_address(did: str) -> str:
    """Where the document of a did:web is (did:web Method Specification, section 3.2): always https.

    Raises FormatError: did-refused.
    """
    match = DID.fullmatch(did)
    if match is None or match["method"] != "web" or len(did) > LONGEST:
        raise FormatError("did-refused", did=did[:200])
    name, *path = match["rest"].split(":")
    host = HOST.fullmatch(name)
    if host is None or not all(PART.fullmatch(part) for part in path):
        raise FormatError("did-refused", did=did[:200])
    port = f":{host['port']}" if host["port"] else ""
    return f"https://{host['host']}{port}/{'/'.join(path or ['.well-known'])}/did.json"
