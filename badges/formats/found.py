"""A badge as it was found in what a person gave, before anything of it is believed."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    JSON = "json"
    JWS = "jws"  # compact serialisation (RFC 7515, section 7.1), VC-JWT included
    ADDRESS = "address"


@dataclass(frozen=True)
class Found:
    """`text` is exactly what the container holds. `container`: png, svg, pdf, json, jws, address."""

    container: str
    kind: Kind
    text: str
    # The picture that carries the badge (PNG or SVG bytes; in a PDF, an attached one); empty for the others.
    picture: bytes = b""
    # A file may carry the same badge for 2.0 readers too: 3.0 is read first, this is the other.
    also: "Found | None" = None
