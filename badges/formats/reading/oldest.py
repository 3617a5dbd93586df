"""Facts of an award of Open Badges 0.5: one document, a text as recipient, addresses relative to an origin."""

from typing import Any
from urllib.parse import urljoin

from badges.formats.reading.moments import moment
from badges.formats.reading.values import TEXT, many, picture, text, web
from badges.formats.report import EvidenceFacts, Facts, IssuerFacts, RecipientFacts


def facts(assertion: dict[str, Any], *, id: str) -> Facts:
    """`id` is the address that answered the assertion; empty when nobody knows."""
    badge = part(assertion, "badge")
    issuer = part(badge, "issuer")
    origin = web(issuer.get("origin"))
    return Facts(
        id=id,
        version="0.5",
        name=text(badge.get("name")),
        description=text(badge.get("description"), TEXT),
        criteria_url=web(absolute(origin, badge.get("criteria"))),
        image=picture(absolute(origin, badge.get("image"))),
        issuer=IssuerFacts(
            id=origin, name=text(issuer.get("name")), url=origin, email=text(issuer.get("contact"))
        ),
        recipients=recipients(assertion),
        issued_at=moment(assertion.get("issued_on")),
        expires_at=moment(assertion.get("expires")),
        evidence=evidence(origin, assertion.get("evidence")),
    )


def part(document: dict[str, Any], name: str) -> dict[str, Any]:
    found = document.get(name)
    return found if isinstance(found, dict) else {}


def recipients(assertion: dict[str, Any]) -> tuple[RecipientFacts, ...]:
    """The recipient is an e-mail address, or its hash where there is no `@` (section 10)."""
    identity = assertion.get("recipient")
    if not isinstance(identity, str) or not identity.strip():
        return ()
    salt = assertion.get("salt")
    return (
        RecipientFacts("email", identity[:500], "@" not in identity, salt if isinstance(salt, str) else ""),
    )


def evidence(origin: str, value: Any) -> tuple[EvidenceFacts, ...]:
    found = (web(absolute(origin, item)) for item in many(value))
    return tuple(EvidenceFacts(url=address) for address in found if address)


def absolute(origin: str, value: Any) -> str:
    """An address as it is, or from the root of the origin. Empty for what is no text."""
    if not isinstance(value, str):
        return ""
    try:
        return urljoin(origin, value) if origin else value
    except ValueError:
        return ""
