"""Facts of an award of Open Badges 1.0 to 2.0, from its documents."""

from typing import Any

from badges.formats.reading import badge_class
from badges.formats.reading.moments import moment
from badges.formats.reading.values import TEXT, many, one, text, web
from badges.formats.report import EvidenceFacts, Facts, RecipientFacts

HASHES = ("sha256$", "md5$", "sha1$", "sha512$")


def facts(
    assertion: dict[str, Any],
    badge: dict[str, Any],
    issuer: dict[str, Any],
    *,
    id: str,
    version: str,
    achievement_id: str,
    issuer_id: str,
) -> Facts:
    """One shape of an Assertion, its BadgeClass and its Issuer (each may be empty).

    The ids are the addresses at which each was read: what a document says of its own id is no proof.
    """
    return Facts(
        id=id,
        version=version,
        achievement_id=achievement_id,
        **badge_class.facts(badge),
        issuer=badge_class.issuer(issuer, id=issuer_id),
        recipients=recipients(assertion),
        issued_at=moment(one(assertion.get("issuedOn"))),
        expires_at=moment(one(assertion.get("expires"))),
        narrative=text(assertion.get("narrative"), TEXT),
        evidence=evidence(assertion),
    )


def recipients(assertion: dict[str, Any]) -> tuple[RecipientFacts, ...]:
    """The recipient (IdentityObject, section 2.1): a hash is known by its prefix, whatever `hashed` says or forgets."""
    found = one(assertion.get("recipient"))
    identity = found.get("identity") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(identity, str) or not identity.strip():
        return ()
    salt = found.get("salt")
    return (
        RecipientFacts(
            kind=text(found.get("type")).lower() or "email",
            identity=identity[:500],
            hashed=found.get("hashed") is not False and identity.lower().startswith(HASHES),
            salt=salt if isinstance(salt, str) else "",
        ),
    )


def evidence(assertion: dict[str, Any]) -> tuple[EvidenceFacts, ...]:
    """Pieces of evidence: addresses, objects, or a list of these."""
    found = (_evidence(item) for item in many(assertion.get("evidence")))
    return tuple(item for item in found if item != EvidenceFacts())


def _evidence(item: Any) -> EvidenceFacts:
    if not isinstance(item, dict):
        return EvidenceFacts(url=web(item))
    narrative = text(item.get("narrative"), TEXT) or text(item.get("description"), TEXT)
    return EvidenceFacts(url=web(item), name=text(item.get("name")), narrative=narrative)
