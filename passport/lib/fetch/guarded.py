import http.client
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings

from passport.lib.fetch import judged, target
from passport.lib.fetch.connection import connected
from passport.lib.fetch.deadline import Deadline
from passport.lib.fetch.errors import FetchRefused
from passport.lib.fetch.target import Target

REDIRECTS = 3
REDIRECTING = {301, 302, 303, 307, 308}
PIECE = 64 * 1024
# One byte more to so many of a document, for the lengths of its chunks: those of 64 bytes take a tenth.
FRAMING = 8


@dataclass(frozen=True)
class Fetched:
    """What came. `address` is the one that answered, without fragment; `status` is HTTP's; `media_type` is bare."""

    address: str
    status: int
    content: bytes
    media_type: str


def get(address: str, *, accept: str, limit: int, deadline: float = 10.0) -> Fetched:
    """The document at an http(s) address of the public Internet, after three redirects at most (RFC 9110, 15.4).

    At most `limit` bytes, within `deadline` seconds for everything: names, redirects, the last byte. No cookie, no
    credentials, no proxy, nothing compressed. Raises FetchRefused alone; an answer of any status is an answer.
    """
    end = Deadline(deadline)
    try:
        for _step in range(REDIRECTS + 1):
            answer = _ask(target.read(address), accept=accept, limit=limit, deadline=end)
            if isinstance(answer, Fetched):
                return answer
            address = answer
    except TimeoutError as error:
        raise FetchRefused("fetch-too-slow") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchRefused("fetch-no-answer") from error
    raise FetchRefused("fetch-redirects")


def _ask(wanted: Target, *, accept: str, limit: int, deadline: Deadline) -> Fetched | str:
    """One request: what came, or the address that it points to, to be judged in its turn."""
    # Exact pairs of host and port, for trials on a machine of one's own; empty wherever the site is public.
    admitted = wanted.authority in settings.FETCH_ALLOW
    if not admitted and wanted.port not in target.PORTS.values():
        raise FetchRefused("fetch-refused")
    places = judged.places(wanted, admitted=admitted, deadline=deadline)
    with connected(wanted, places, deadline) as (connection, socket):
        connection.request("GET", wanted.resource, headers=_headers(accept))
        with closing(connection.getresponse()) as response:
            location = response.headers.get("Location")
            if response.status in REDIRECTING and location:
                return _next(wanted.address, location)
            socket.allow(limit + limit // FRAMING)
            content = _body(response, limit)
    return Fetched(wanted.address, response.status, content, _media_type(response))


def _headers(accept: str) -> dict[str, str]:
    """`http.client` adds Host, and `Accept-Encoding: identity`."""
    return {"Accept": accept, "User-Agent": f"Passport/1.0 (+{settings.SITE_URL})", "Connection": "close"}


def _media_type(response: http.client.HTTPResponse) -> str:
    return response.headers.get_content_type() if "Content-Type" in response.headers else ""


def _next(address: str, location: str) -> str:
    """Header values are read as Latin-1; servers that send other letters send UTF-8. Raises FetchRefused, also where
    anybody on the way could answer for a host that was asked by TLS."""
    try:
        following = urljoin(address, location.encode("latin-1").decode("utf-8"))
    except ValueError as error:
        raise FetchRefused("fetch-refused") from error
    if target.read(address).scheme == "https" != target.read(following).scheme:
        raise FetchRefused("fetch-refused")
    return following


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    encoded = response.headers.get("Content-Encoding", "identity").strip().lower()
    transfer = response.headers.get("Transfer-Encoding", "chunked").strip().lower()
    if encoded != "identity" or transfer != "chunked":
        raise FetchRefused("fetch-encoding")
    if response.length is not None and response.length > limit:
        raise FetchRefused("fetch-too-big")
    content = bytearray()
    while piece := response.read(min(PIECE, limit + 1 - len(content))):
        content += piece
        if len(content) > limit:
            raise FetchRefused("fetch-too-big")
    if response.length:
        raise http.client.IncompleteRead(bytes(content), response.length)
    return bytes(content)
