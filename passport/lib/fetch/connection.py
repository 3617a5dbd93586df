"""A connection to a judged address: the name serves for TLS and Host only, it is not resolved again."""

import http.client
import io
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from passport.lib.fetch.deadline import Deadline
from passport.lib.fetch.judged import Place
from passport.lib.fetch.target import PORTS, Target

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Of a host with many addresses; each has its share of the time.
TRIED = 4
# Bytes of an answer before its body, « 100 Continue » included; and what a read counts for at least: it costs so much.
HEAD, LEAST = 64 * 1024, 64


@cache
def tls() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)


@contextmanager
def connected(
    target: Target, places: Sequence[Place], deadline: Deadline
) -> Iterator[tuple[http.client.HTTPConnection, "TimedSocket"]]:
    """HTTP/1.1 with the first of `places` that answers, every wait bounded by one deadline, and its socket, through
    which HEAD bytes come until it is told to let more.

    Raises OSError: nobody answers, or the certificate is not of this host; TimeoutError at the deadline.
    """
    with ExitStack() as stack:
        plain = stack.enter_context(_open(places[:TRIED], deadline))
        if target.scheme == "https":
            plain = stack.enter_context(_secured(plain, target.host))
            plain.settimeout(deadline.left())
            plain.do_handshake()
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.default_port = PORTS[target.scheme]  # then Host names no port
        connection.sock = timed = TimedSocket(plain, deadline)
        yield connection, timed


def _open(places: Sequence[Place], deadline: Deadline) -> socket.socket:
    for following, place in zip(range(len(places) - 1, -1, -1), places, strict=True):
        opened = socket.socket(place.family, socket.SOCK_STREAM)
        try:
            opened.settimeout(deadline.left() / (following + 1))
            opened.connect(place.sockaddr)
        except OSError:
            opened.close()
            if not following:
                raise
        else:
            return opened
    raise ConnectionError


def _secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return tls().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


class TimedSocket:
    """A socket as `http.client` uses it. A server that gives a byte now and then gets no new time with each."""

    def __init__(self, plain: socket.socket, deadline: Deadline):
        self._plain = plain
        self._deadline = deadline
        self._incoming = _Incoming(plain, deadline)

    def allow(self, more: int) -> None:
        """Lets so many bytes more come, whatever they are: body, lengths of chunks, trailers."""
        self._incoming.left += more

    def sendall(self, data: bytes) -> None:
        self._plain.settimeout(self._deadline.left())
        self._plain.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._incoming)

    def close(self) -> None:
        """`http.client` lets go before the body is read: who opened the connection closes it."""


class _Incoming(io.RawIOBase):
    def __init__(self, plain: socket.socket, deadline: Deadline):
        self.left = HEAD
        self._plain = plain
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        if self.left <= 0:
            raise http.client.HTTPException("too much around the document")
        self._plain.settimeout(self._deadline.left())
        came = self._plain.recv_into(buffer)
        self.left -= max(came, LEAST)
        return came
