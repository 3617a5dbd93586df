"""Documents served from a dictionary, as the addresses of a test's own web."""

import json
from dataclasses import dataclass, field
from typing import Any

from badges.formats.documents import Answer
from badges.formats.errors import Unreachable


@dataclass
class Served:
    """Address → bytes, a JSON value, a whole `Answer`, or a status. What is not there gives no answer."""

    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def get(self, address: str, *, accept: str, limit: int) -> Answer:
        self.asked.append(address)
        page = self.pages.get(address)
        if page is None:
            raise Unreachable("fetch-no-answer", address=address)
        if isinstance(page, Answer):
            return page
        if isinstance(page, int):
            return Answer(address, page, b"")
        return Answer(address, 200, page if isinstance(page, bytes) else json.dumps(page).encode())


HOME = "https://issuer.example"
ASSERTION, BADGE, ISSUER = f"{HOME}/assertions/1", f"{HOME}/badges/1", f"{HOME}/issuers/1"
KEY, LIST = f"{HOME}/keys/1", f"{HOME}/issuers/1/revocations"
V2 = "https://w3id.org/openbadges/v2"
RECIPIENT = (
    "sha256$ecf5409f3f4b91ab60cc5ef4c02aef7032354375e70cf4d8e43f6a1d29891942"  # nobody@example.org, deadsea
)


def assertion(**changes: Any) -> dict[str, Any]:
    """A hosted award of Open Badges 2.0; a change to None takes a property away."""
    return changed(
        {
            "@context": V2,
            "id": ASSERTION,
            "type": "Assertion",
            "recipient": {"type": "email", "hashed": True, "salt": "deadsea", "identity": RECIPIENT},
            "badge": BADGE,
            "verification": {"type": "HostedBadge"},
            "issuedOn": "2024-05-01T10:00:00Z",
        },
        changes,
    )


def badge_class(**changes: Any) -> dict[str, Any]:
    return changed(
        {
            "@context": V2,
            "id": BADGE,
            "type": "BadgeClass",
            "name": "Robotics",
            "description": "Made a robot walk",
            "image": f"{HOME}/robot.png",
            "criteria": {"id": f"{HOME}/badges/1/criteria", "narrative": "Make it *walk*"},
            "issuer": ISSUER,
        },
        changes,
    )


def issuer(**changes: Any) -> dict[str, Any]:
    return changed(
        {
            "@context": V2,
            "id": ISSUER,
            "type": "Issuer",
            "name": "A school",
            "url": HOME,
            "email": "school@issuer.example",
        },
        changes,
    )


def changed(document: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (document | changes).items() if value is not None}


def pages(**changes: Any) -> dict[str, Any]:
    """The issuer's site with one good award; `assertion=`, `badge=`, `issuer=` replace what it serves there."""
    served = {"assertion": assertion(), "badge": badge_class(), "issuer": issuer()} | changes
    return {ASSERTION: served["assertion"], BADGE: served["badge"], ISSUER: served["issuer"]}
