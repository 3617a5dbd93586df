from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from badges.models import BadgeClass, Issuer
from badges.services import keys

# What an organiser edits and what follows from it. The gallery's figures move elsewhere: never written from a form.
EDITED = [
    "issuer", "name", "slug", "description", "criteria", "criteria_url", "image", "image_alt", "tags", "country",
    "place", "starts_on", "ends_on", "valid_days", "published_at", "folded_name", "folded_text", "gallery_country",
]  # fmt: skip


@transaction.atomic
def save_badge_class(*, badge_class: BadgeClass, published: bool) -> BadgeClass:
    """Writes a badge as it was edited, and publishes or withdraws it from the gallery."""
    newly = published and badge_class.published_at is None
    if newly:
        now = timezone.now()
        badge_class.published_at = badge_class.public_activity_at = badge_class.member_activity_at = now
    elif not published:
        badge_class.published_at = None
    if badge_class._state.adding:
        badge_class.save()
    else:
        activity = ["public_activity_at", "member_activity_at"] if newly else []
        badge_class.save(update_fields=EDITED + activity)
    return badge_class


@transaction.atomic
def save_issuer(*, issuer: Issuer) -> Issuer:
    """Writes an issuer; its badges that name no country of their own follow its country in the gallery.

    A new one gets its keys with it.
    """
    issuer.save()
    keys.ring(issuer)
    issuer.badge_classes.filter(country="").update(gallery_country=issuer.country)
    return issuer


def free_slug(name: str, model: type[BadgeClass] | type[Issuer]) -> str:
    """An address made from `name` that no other row has: « fete-de-la-science », « fete-de-la-science-2 »."""
    stem = slugify(name)[:70] or "badge"
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
