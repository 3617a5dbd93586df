"""What of an address is judged before any name is resolved."""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, quote, urlsplit

import idna

from passport.lib.fetch.errors import FetchRefused

LONGEST = 2000
PORTS = {"http": 80, "https": 443}
NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
BRACKETED = re.compile(r"\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\](:[0-9]*)?")
# The last label of an IPv4 address in any spelling (decimal, octal, hexadecimal); no name of the Internet has one.
NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
# What RFC 3986 lets stand in a path and a query; `%` because what is escaped already stays as it is.
KEPT = "%!$&'()*+,;=:@/?-._~[]"


@dataclass(frozen=True)
class Target:
    """`host` is an A-label name or an IP address without brackets; `resource` is what the request line asks for."""

    address: str
    scheme: str
    host: str
    port: int
    resource: str

    @property
    def authority(self) -> str:
        """`host:port`, as FETCH_ALLOW names it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_literal(self) -> bool:
        return _looks_numeric(self.host)


def read(address: str) -> Target:
    """The parts of an http(s) address; a fragment is left out. Raises FetchRefused for what must not be asked."""
    if len(address) > LONGEST or "\\" in address or any(unicodedata.category(c)[0] in "CZ" for c in address):
        raise FetchRefused("fetch-refused")
    address = address.partition("#")[0]
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise FetchRefused("fetch-refused") from error
    odd_brackets = set(parts.netloc) & set("[]") and not BRACKETED.fullmatch(parts.netloc)
    if parts.scheme not in PORTS or "@" in parts.netloc or odd_brackets:
        raise FetchRefused("fetch-refused")
    return Target(
        address=address,
        scheme=parts.scheme,
        host=_host(parts.hostname or ""),
        port=PORTS[parts.scheme] if port is None else port,
        resource=_resource(parts),
    )


def _host(given: str) -> str:
    given = given.removesuffix(".")
    if "%" in given or unicodedata.normalize("NFKC", given) != given:
        raise FetchRefused("fetch-refused")
    try:
        return _literal(given) if _looks_numeric(given) else _name(given)
    except ValueError as error:
        raise FetchRefused("fetch-refused") from error


def _looks_numeric(host: str) -> bool:
    return ":" in host or NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]) is not None


def _literal(host: str) -> str:
    """An IP address in its one plain spelling: `127.1`, `0x7f.0.0.1` and `2130706433` raise ValueError."""
    found: IPv4Address | IPv6Address = ip_address(host)
    return str(found)


def _name(host: str) -> str:
    """A name as A-labels (RFC 5891). Raises ValueError."""
    name = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    # Some letters become dots on the way.
    if len(name) > 253 or NAME.fullmatch(name) is None or _looks_numeric(name):
        raise ValueError(name)
    return name


def _resource(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=KEPT)
    return f"{path}?{quote(parts.query, safe=KEPT)}" if parts.query else path
