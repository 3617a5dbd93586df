"""Facts of a BadgeClass and of its Issuer, Open Badges 1.0 to 2.0."""

from typing import Any

from badges.formats.reading.values import TEXT, objects, one, picture, text, texts, web
from badges.formats.report import AlignmentFacts, IssuerFacts


def facts(badge: dict[str, Any]) -> dict[str, Any]:
    """What a BadgeClass gives to `Facts`."""
    criteria_url, criteria_text = criteria(badge.get("criteria"))
    image = one(badge.get("image"))
    return {
        "name": text(badge.get("name")),
        "description": text(badge.get("description"), TEXT),
        "criteria_url": criteria_url,
        "criteria_text": criteria_text,
        "image": picture(image),
        "image_alt": text(image.get("caption")) if isinstance(image, dict) else "",
        "tags": texts(badge.get("tags")),
        "alignments": alignments(badge),
    }


def issuer(profile: dict[str, Any], *, id: str) -> IssuerFacts:
    return IssuerFacts(
        id=id,
        name=text(profile.get("name")),
        url=web(profile.get("url")),
        email=text(profile.get("email")),
        description=text(profile.get("description"), TEXT),
        image=picture(profile.get("image")),
    )


def criteria(value: Any) -> tuple[str, str]:
    """Address and text of criteria: an address, a text, or {id, narrative} (section 2.2)."""
    found = one(value)
    if isinstance(found, dict):
        return web(found), text(found.get("narrative"), TEXT)
    address = web(found)
    return address, "" if address else text(found, TEXT)


def alignments(badge: dict[str, Any]) -> tuple[AlignmentFacts, ...]:
    """Alignments: `targetName` … of 2.0, `name` and `url` of 1.x, under either spelling of the property."""
    found = objects(badge.get("alignment")) or objects(badge.get("alignments"))
    read = (_alignment(item) for item in found)
    return tuple(item for item in read if item != AlignmentFacts())


def _alignment(item: dict[str, Any]) -> AlignmentFacts:
    return AlignmentFacts(
        name=text(item.get("targetName")) or text(item.get("name")),
        url=web(item.get("targetUrl")) or web(item.get("url")),
        description=text(item.get("targetDescription"), TEXT) or text(item.get("description"), TEXT),
        framework=text(item.get("targetFramework")),
        code=text(item.get("targetCode")),
    )
