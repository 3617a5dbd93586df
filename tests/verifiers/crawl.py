"""What the site serves for a badge, as a stranger's program finds it: it follows the addresses that documents name."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag

from django.conf import settings

from badges.formats import jws
from badges.formats.documents import Answer

# What 1EdTech's validator asks for.
ACCEPT = "application/ld+json, application/json, image/png, image/svg+xml"
MOST = 60
TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")


def crawl(client, *starts: str) -> dict[str, Answer]:
    """Address → answer, of everything on this site that leads from `starts` (addresses, JSON or tokens)."""
    found: dict[str, Answer] = {}
    waiting = [address for start in starts for address in _named(start)]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        assert len(found) < MOST, f"no end of addresses: {sorted(found)}"
        found[address] = ask(client, address)
        waiting += _named(_text(found[address]))
    return found


def ask(client, address: str, accept: str = ACCEPT) -> Answer:
    """The answer of the site to one of its addresses, for somebody who is not signed in."""
    response = client.get(address.removeprefix(settings.SITE_URL), headers={"accept": accept})
    return Answer(address, response.status_code, response.content, response.headers["Content-Type"])


def _text(answer: Answer) -> str:
    return "" if answer.media_type.startswith(("image/", "text/html")) else answer.content.decode()


def _named(text: str) -> list[str]:
    """Addresses of this site in a document, by which a verifier goes on."""
    machine = tuple(f"{settings.SITE_URL}/{folder}/" for folder in ("ob2", "ob3", "badges"))
    return [urldefrag(value).url for value in _strings(_document(text)) if value.startswith(machine)]


def _document(text: str) -> Any:
    if TOKEN.fullmatch(text):
        token = jws.read(text)
        return [token.header, json.loads(token.payload)]
    return json.loads(text) if text.startswith(("{", "[")) else text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in _strings(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _strings(inner))
