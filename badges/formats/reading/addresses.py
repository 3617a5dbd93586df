"""Addresses of badges: which are taken, and which are one and the same."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

LONGEST = 2000
# Blanks, control characters and the backslash, which programs read in different ways.
ODD = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u2028\u2029\u3000\ufeff\\]")
PORTS = {"http": 80, "https": 443}
# What Badgr's pages add to the address of an assertion: the form wanted and the earner's address.
ADDED = re.compile(r"v|identity__\w+")
# A part of a query, or a fragment, that says whose the badge is: with what separates it from the part before.
PART = re.compile(r"[?&;#][^?&;#]*")
PERSONAL = re.compile(r".identity__|.*@", re.IGNORECASE | re.DOTALL)


def split(address: object) -> SplitResult | None:
    """The parts of an http(s) address; None for anything else: other schemes, user-info, blanks, no host, too long."""
    return _split(address) if isinstance(address, str) and len(address) <= LONGEST else None


@lru_cache(maxsize=256)
def _split(address: str) -> SplitResult | None:
    """One verification asks about the same few addresses again and again."""
    if ODD.search(address):
        return None
    try:
        parts = urlsplit(address)
        usable = parts.scheme in PORTS and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


def is_web(address: object) -> bool:
    return split(address) is not None


def is_plain(address: str) -> bool:
    """Whether it is one of http: whoever is on the way may answer for it."""
    parts = split(address)
    return parts is not None and parts.scheme == "http"


def host(address: str) -> str:
    """The host in lower case, without port; empty when it is no http(s) address."""
    parts = split(address)
    return (parts.hostname or "").rstrip(".") if parts else ""


def authority(address: str) -> str:
    """Host and port; http and https on their own ports are one authority. Empty when it is no http(s) address."""
    parts = split(address)
    if parts is None:
        return ""
    port = parts.port or PORTS[parts.scheme]
    return host(address) if port in PORTS.values() else f"{host(address)}:{port}"


def same_authority(one: str, other: str) -> bool:
    return authority(one) != "" and authority(one) == authority(other)


def same_site(one: str, other: str) -> bool:
    """Whether a redirect from one to the other stays at home: the same authority, with or without `www.`."""
    left, right = (authority(address).removeprefix("www.") for address in (one, other))
    return left != "" and left == right


def same(one: str, other: str) -> bool:
    """Whether two ids are one badge's: scheme, a final slash, `.json` and what Badgr adds make no difference."""
    if split(one) is None or split(other) is None:
        return one == other
    return canonical(one) == canonical(other)


def under(address: str, prefix: str) -> bool:
    """Whether an address begins with a prefix that names at least a whole authority: no `https://good.org.evil.org`."""
    parts, start = split(address), split(prefix)
    if parts is None or start is None or not same_authority(address, prefix):
        return False
    path = unquote(parts.path)
    return ".." not in path.split("/") and _tail(parts).startswith(_tail(start))


def shown(address: object) -> str:
    """An address, or what stands in its place, short enough for a sentence, and for everybody to read."""
    text = address if isinstance(address, str) else type(address).__name__
    return ODD.sub(" ", impersonal(text[:LONGEST]))[:200]


def impersonal(address: str) -> str:
    """An address without the parts of its query that say who earned the badge: an e-mail address, Badgr's identity."""
    head, mark, query = address.partition("?")
    kept = PART.sub(_unless_personal, mark + query)
    return head + (kept if kept[:1] in {"", "#"} else "?" + kept[1:])


def canonical(address: str) -> tuple[str, str, str, str]:
    """What is the same in all spellings of an http(s) address of a badge (see `same`)."""
    parts = urlsplit(address)
    query = [(key, value) for key, value in parse_qsl(parts.query, True) if not ADDED.fullmatch(key)]
    path = unquote(parts.path).removesuffix("/").removesuffix(".json")
    return authority(address), path, urlencode(sorted(query)), parts.fragment


def _unless_personal(part: re.Match[str]) -> str:
    return "" if PERSONAL.match(unquote(unquote(part[0]))) else part[0]


def _tail(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
