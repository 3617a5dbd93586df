from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from accounts.models import User
from badges import pictures
from badges.models import BadgeClass, Issuer, IssuerMember
from home.demonstration import content

ORGANISED = ("amcsti", "le-dome")


def create(organiser: User) -> dict[str, BadgeClass]:
    """Issuers, badge classes with their pictures, and the organiser's rights; the badge classes by slug."""
    issuers = {row["slug"]: Issuer.objects.create(**row) for row in content.read("issuers")["issuers"]}
    IssuerMember.objects.bulk_create(IssuerMember(issuer=issuers[slug], user=organiser) for slug in ORGANISED)
    rows = content.read("badges")["badges"]
    return {row["slug"]: _badge_class(row, issuers[row["issuer"]]) for row in rows}


def _badge_class(row: dict[str, Any], issuer: Issuer) -> BadgeClass:
    published = at(row["first"], 8)
    return BadgeClass.objects.create(
        issuer=issuer,
        slug=row["slug"],
        name=row["name"],
        description=row["description"],
        criteria=row["criteria"].strip(),
        image=pictures.store(content.picture(row["slug"])),
        image_alt=row["image_alt"],
        tags=row["tags"],
        place=row.get("place", ""),
        starts_on=row.get("starts_on"),
        ends_on=row.get("ends_on"),
        valid_days=row.get("valid_days"),
        published_at=published,
        created_at=published,
    )


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That moment here; never in the future, whatever the machine's clock says."""
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    return min(moment, timezone.now())
