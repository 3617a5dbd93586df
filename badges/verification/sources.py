"""Where a verification reads its documents: the network, or files instead of it."""

from collections.abc import Mapping
from pathlib import Path

from badges.formats.documents import Answer
from badges.formats.errors import Unreachable
from badges.formats.reading.addresses import shown
from passport.lib import fetch
from passport.lib.fetch import FetchRefused
from passport.lib.fetch.deadline import Deadline

SECONDS_EACH = 10.0
SECONDS_IN_ALL = 20.0
PNG = b"\x89PNG\r\n\x1a\n"


class Network:
    """Documents of the public Internet, by the guarded fetcher: ten seconds for each, twenty for all of one badge."""

    def __init__(self, *, seconds: float = SECONDS_IN_ALL) -> None:
        self._deadline = Deadline(seconds)

    def get(self, address: str, *, accept: str, limit: int) -> Answer:
        """Raises Unreachable with a code of the fetcher, whatever the reason."""
        try:
            left = min(SECONDS_EACH, self._deadline.left())
            came = fetch.get(address, accept=accept, limit=limit, deadline=left)
        except TimeoutError as error:
            raise Unreachable("fetch-too-slow", address=shown(address)) from error
        except FetchRefused as refusal:
            raise Unreachable(refusal.code, address=shown(address)) from refusal
        return Answer(came.address, came.status, came.content, came.media_type)


class Files:
    """Documents given with the badge, by address: nothing else is read."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = {address.partition("#")[0]: path for address, path in files.items()}

    def get(self, address: str, *, accept: str, limit: int) -> Answer:
        """Raises Unreachable: document-not-given, document-unreadable, fetch-too-big."""
        path = self._files.get(address)
        if path is None:
            raise Unreachable("document-not-given", address=shown(address))
        try:
            with path.open("rb") as opened:
                content = opened.read(limit + 1)
        except (OSError, ValueError) as error:
            raise Unreachable("document-unreadable", address=shown(address)) from error
        if len(content) > limit:
            raise Unreachable("fetch-too-big", address=shown(address))
        return Answer(address, 200, content, _media_type(content))


def _media_type(content: bytes) -> str:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(PNG):
        return "image/png"
    if start.startswith(b"<"):
        return "image/svg+xml" if b"<svg" in start else "text/html"
    return "application/json" if start.startswith((b"{", b"[")) else "text/plain"
