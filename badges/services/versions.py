"""What a badge says is frozen when it is awarded; reworded, it gets another version, with an address of its own."""

import hashlib
import json
from typing import Any

from badges.models import BadgeClass, BadgeVersion


def current(badge_class: BadgeClass) -> BadgeVersion:
    """The version that says what `badge_class` says now, made if it is new. A text that comes back makes none."""
    return of_content(badge_class, _content(badge_class))


def of_content(badge_class: BadgeClass, content: dict[str, Any]) -> BadgeVersion:
    """The version of `badge_class` with these fields, all of them."""
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    version, _made = BadgeVersion.objects.get_or_create(
        badge_class=badge_class, digest=digest, defaults=content
    )
    return version


def _content(badge_class: BadgeClass) -> dict[str, Any]:
    alignments = badge_class.alignments.values("name", "url", "description", "framework", "code")
    return {
        "name": badge_class.name,
        "description": badge_class.description,
        "criteria": badge_class.criteria,
        "criteria_url": badge_class.criteria_url,
        "image": badge_class.image,
        "image_alt": badge_class.image_alt,
        "tags": list(badge_class.tags),
        "alignments": list(alignments),
    }
