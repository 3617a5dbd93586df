"""JSON-LD contexts from the library's own folder. What is not there is refused: nothing is ever fetched."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from badges.formats.errors import FormatError

FOLDER = Path(__file__).parent / "data" / "contexts"
INDEX: dict[str, dict[str, str]] = json.loads((FOLDER / "index.json").read_bytes())
# Addresses of the contexts that documents may name.
KNOWN = frozenset(INDEX)


@cache
def load(address: str) -> dict[str, Any]:
    """The context document of an address; shared, to be copied before it is changed.

    Raises FormatError: context-unknown. Raises RuntimeError when the file is not the one whose sum is pinned.
    """
    if address not in KNOWN:
        raise FormatError("context-unknown", address=address[:200])
    entry = INDEX[address]
    content = (FOLDER / entry["file"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise RuntimeError(f"{entry['file']} was changed")
    document: dict[str, Any] = json.loads(content)
    return document
