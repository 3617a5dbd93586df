"""Facts of an Open Badges 3.0 credential (sections B.1 to B.2 of the specification), VCDM 1.1 and 2.0."""

from datetime import datetime
from typing import Any

from badges.formats.reading import award, badge_class
from badges.formats.reading.moments import moment
from badges.formats.reading.values import TEXT, ident, objects, one, picture, text, texts, web
from badges.formats.report import Facts, IssuerFacts, RecipientFacts

KINDS = {"emailAddress": "email", "name": "name"}
SCHEMES = {"mailto": "email", "tel": "telephone", "did": "id", "http": "url", "https": "url"}


def facts(credential: dict[str, Any]) -> Facts:
    """One shape of a credential. The name shown is the achievement's: the credential's own may be the earner's."""
    subject = first(credential.get("credentialSubject"))
    achievement = first(subject.get("achievement"))
    criteria_url, criteria_text = badge_class.criteria(achievement.get("criteria"))
    image = one(achievement.get("image"))
    return Facts(
        id=text(ident(credential), 2000),
        version="3.0",
        name=text(achievement.get("name")) if achievement else text(credential.get("name")),
        description=text(achievement.get("description") or subject.get("endorsementComment"), TEXT),
        criteria_url=criteria_url,
        criteria_text=criteria_text,
        image=picture(image),
        image_alt=text(image.get("caption")) if isinstance(image, dict) else "",
        tags=texts(achievement.get("tag")),
        achievement_id=text(ident(achievement), 2000),
        issuer=issuer(credential),
        recipients=recipients(subject),
        issued_at=moment(one(credential.get("awardedDate"))) or beginning(credential),
        expires_at=end(credential),
        narrative=text(subject.get("narrative"), TEXT),
        evidence=award.evidence(credential),
        alignments=badge_class.alignments(achievement),
    )


def issuer(credential: dict[str, Any]) -> IssuerFacts:
    """The issuer, an address or a Profile (section B.1.21)."""
    profile = first(credential.get("issuer"))
    return IssuerFacts(
        id=issuer_id(credential)[:2000],
        name=text(profile.get("name")),
        url=web(profile.get("url")),
        email=text(profile.get("email")),
        description=text(profile.get("description"), TEXT),
        image=picture(profile.get("image")),
    )


def issuer_id(credential: dict[str, Any]) -> str:
    return ident(credential.get("issuer")).strip()


def recipients(subject: dict[str, Any]) -> tuple[RecipientFacts, ...]:
    """Identifiers of the recipient: `identifier[]` (IdentityObject, section B.3.2) and the id, where it says who."""
    found = [_identity(item) for item in objects(subject.get("identifier"))]
    scheme, _, rest = ident(subject).partition(":")
    if rest and scheme.lower() in SCHEMES:
        is_address = scheme.lower() in {"mailto", "tel"}
        found.append(RecipientFacts(SCHEMES[scheme.lower()], (rest if is_address else ident(subject))[:500]))
    return tuple(item for item in found if item.identity)


def beginning(credential: dict[str, Any]) -> datetime | None:
    """When it begins to hold: `validFrom` (VCDM 2.0) and `issuanceDate` (1.1), the later one; None without either."""
    return max(_moments(credential, "validFrom", "issuanceDate"), default=None)


def end(credential: dict[str, Any]) -> datetime | None:
    """When it ceases to hold: `validUntil` and `expirationDate`, the earlier one; None without either."""
    return min(_moments(credential, "validUntil", "expirationDate"), default=None)


def first(value: Any) -> dict[str, Any]:
    """The first of the values of a property where it is an object; else an empty one."""
    found = one(value)
    return found if isinstance(found, dict) else {}


def _identity(item: dict[str, Any]) -> RecipientFacts:
    identity, kind, salt = item.get("identityHash"), item.get("identityType"), item.get("salt")
    return RecipientFacts(
        kind=KINDS.get(kind, "id") if isinstance(kind, str) else "id",
        identity=identity.strip()[:500] if isinstance(identity, str) else "",
        hashed=item.get("hashed") is True,
        salt=salt if isinstance(salt, str) else "",
    )


def _moments(credential: dict[str, Any], *names: str) -> list[datetime]:
    found = (moment(one(credential.get(name))) for name in names)
    return [at for at in found if at is not None]
