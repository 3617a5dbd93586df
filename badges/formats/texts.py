"""What a text is, before it is read: JSON, a compact JWS, or the address of a badge."""

import json
import re

from badges.formats.found import Kind

# RFC 7515, section 7.1. The first part is a JSON object, so that the name of a host is no token; how many parts there
# are is judged by those who read tokens.
_TOKEN = re.compile(r"e[w-z0-9_-][\w-]*(?:\.[\w-]*){1,4}", re.ASCII)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def kind(text: str) -> Kind | None:
    """None when it is nothing of these. JSON is told by its first character alone."""
    bare = text.strip()
    if bare.startswith(("{", "[")):
        return Kind.JSON
    if _TOKEN.fullmatch(bare):
        return Kind.JWS
    return Kind.ADDRESS if _ADDRESS.fullmatch(bare) else None


def unquoted(text: str) -> str:
    """The address or token inside a JSON string, as some servers answer it; any other text as it is."""
    bare = text.strip()
    if not bare.startswith('"'):
        return text
    try:
        inner = json.loads(bare)
    except ValueError:
        return text
    return inner if kind(inner) in (Kind.ADDRESS, Kind.JWS) else text
