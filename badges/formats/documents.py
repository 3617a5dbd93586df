"""The port by which a verification asks for documents. Who answers (network, files, rows) is its caller's choice."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Answer:
    """What an address answered. `address` is the one that answered, after redirects; `status` is HTTP's."""

    address: str
    status: int
    content: bytes
    media_type: str = ""


class Documents(Protocol):
    def get(self, address: str, *, accept: str, limit: int) -> Answer:
        """The document at an http(s) address: at most `limit` bytes. Raises `Unreachable`, never anything else."""
