"""Where a credential may hold endorsements (sections B.1 to B.3)."""

from typing import Any

from badges.formats.reading.credential import first
from badges.formats.reading.values import many

MOST = 64


def places(credential: dict[str, Any]) -> list[dict[str, Any]]:
    """What may be endorsed: the credential, its achievement, its issuer, the achievement's creator."""
    achievement = first(first(credential.get("credentialSubject")).get("achievement"))
    return [credential, achievement, first(credential.get("issuer")), first(achievement.get("creator"))]


def endorsements(credential: dict[str, Any]) -> list[Any]:
    """Endorsements of these, documents and tokens, no deeper; one more than allowed at most in each place."""
    return [
        item
        for place in places(credential)
        for name in ("endorsement", "endorsementJwt")
        for item in many(place.get(name), MOST + 1)
    ]
