"""Other people's sites, as the guarded fetcher would reach them: Open Badges 2.0 hosted, signed 3.0, pictures."""

import io
import json
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from badges.formats import identity, png
from passport.lib.fetch import Fetched, FetchRefused

SITE = "https://badges.example"
CONTEXT = "https://w3id.org/openbadges/v2"


def picture(colour: str = "red", side: int = 120) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (side, side), colour).save(out, "PNG")
    return out.getvalue()


@dataclass
class Elsewhere:
    """Address → bytes, a JSON value, or a status; what is not there gives no answer."""

    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def get(self, address: str, *, accept: str, limit: int, deadline: float = 10.0) -> Fetched:
        self.asked.append(address)
        page = self.pages.get(address)
        if page is None:
            raise FetchRefused("fetch-no-answer")
        if isinstance(page, int):
            return Fetched(address, page, b"", "")
        content = page if isinstance(page, bytes) else json.dumps(page).encode()
        return Fetched(address, 200, content, "")

    def award(
        self, *, to: str = "alice@exemple.fr", number: int = 1, site: str = SITE, **changes: Any
    ) -> str:
        """Serves a whole hosted badge and returns its address. `changes`: assertion, badge and issuer, by property."""
        issuer = {
            "@context": CONTEXT,
            "id": f"{site}/issuer",
            "type": "Issuer",
            "name": "Atelier des bricoleurs",
            "url": f"{site}/",
            "email": "contact@badges.example",
        } | changes.get("issuer", {})
        badge = {
            "@context": CONTEXT,
            "id": f"{site}/badge",
            "type": "BadgeClass",
            "name": "Soudure à l’arc",
            "description": "Sait souder deux tôles.",
            "image": f"{site}/badge.png",
            "criteria": {"narrative": "Avoir soudé **deux tôles**."},
            "tags": ["métal"],
            "issuer": f"{site}/issuer",
        } | changes.get("badge", {})
        assertion = self.assertion(to=to, number=number, site=site) | changes.get("assertion", {})
        self.pages |= {issuer["id"]: issuer, badge["id"]: badge, assertion["id"]: assertion}
        self.pages.setdefault(f"{site}/badge.png", picture())
        return assertion["id"]

    def assertion(self, *, to: str, number: int = 1, site: str = SITE) -> dict[str, Any]:
        return {
            "@context": CONTEXT,
            "id": f"{site}/assertions/{number}",
            "type": "Assertion",
            "recipient": {
                "type": "email",
                "hashed": True,
                "salt": "sel de table",
                "identity": identity.hashed(to, "sel de table"),
            },
            "badge": f"{site}/badge",
            "verification": {"type": "HostedBadge"},
            "issuedOn": "2024-05-03T10:00:00Z",
        }

    def text(self, address: str) -> bytes:
        return json.dumps(self.pages[address]).encode()

    def baked(self, address: str, colour: str = "blue") -> bytes:
        """A PNG that carries the badge at `address`."""
        return png.bake(picture(colour), keyword="openbadges", text=self.text(address).decode())
