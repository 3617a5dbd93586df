"""Names become addresses once, and every address is judged. The rule is a list, since `ipaddress` changes its mind
between versions of Python: each range below is public or unsaid in at least one of them."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from passport.lib.fetch.deadline import Deadline
from passport.lib.fetch.errors import FetchRefused
from passport.lib.fetch.target import Target

REFUSED = [
    ip_network(network)
    for network in (
        "192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "168.63.129.16/32", "192.31.196.0/24",
        "192.52.193.0/24", "192.175.48.0/24",
        "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
    )
]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where to connect: what `getaddrinfo` said, judged."""

    family: int
    sockaddr: tuple[Any, ...]


def is_public(address: str) -> bool:
    """Whether a request may go to this IP address. Nothing is unwrapped: an address in an address is refused."""
    found: IPv4Address | IPv6Address = ip_address(address)
    plain = not (found.is_multicast or found.is_reserved or found.is_unspecified)
    return plain and found.is_global and not any(found in network for network in REFUSED)


def places(target: Target, *, admitted: bool, deadline: Deadline) -> list[Place]:
    """The addresses of a host, resolved once. One that is not public refuses all, unless the host is `admitted`.

    Raises FetchRefused, also for a name that nobody has, so that names inside are not told from others;
    TimeoutError at the deadline.
    """
    # The final dot: no search domain is added to the name.
    name = target.host if target.is_literal or admitted else f"{target.host}."
    found = [Place(info[0], info[4]) for info in _resolve(name, target.port, deadline)]
    if not found or not (admitted or all(is_public(str(place.sockaddr[0])) for place in found)):
        raise FetchRefused("fetch-refused")
    return found


def _resolve(name: str, port: int, deadline: Deadline) -> list[Any]:
    """`getaddrinfo` has no limit of time: it is left behind in its thread when it takes too long."""
    answers: SimpleQueue[list[Any]] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            answers.put([])

    Thread(target=ask, daemon=True).start()
    try:
        return answers.get(timeout=deadline.left())
    except Empty as error:
        raise TimeoutError from error
