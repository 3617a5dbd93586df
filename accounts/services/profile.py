from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.enums import Visibility
from accounts.exceptions import HandleTaken
from accounts.handles import MOST_KEPT, RESERVED
from accounts.models import FormerHandle, Profile, ProfileLink

EDITABLE = ("first_name", "last_name", "about", "country", "town", "handle", "visibility", "is_indexed")


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@transaction.atomic
def change(*, profile: Profile, **fields: Any) -> Profile:
    """Writes what a person tells of themself. What is not public any more leaves search engines too.

    Raises TypeError for a field that is not theirs to change, HandleTaken for an address that they cannot have.
    """
    if unknown := fields.keys() - set(EDITABLE):
        raise TypeError(f"Not fields of a profile that may be changed: {sorted(unknown)}.")
    now = Profile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    if fields.get("visibility", now.visibility) != Visibility.PUBLIC:
        fields["is_indexed"] = False
    for name, value in fields.items():
        setattr(profile, name, value)
    try:
        with transaction.atomic():
            profile.save(update_fields=list(fields))
    except IntegrityError as error:
        if "handle" not in fields:
            raise
        raise HandleTaken(taken()) from error
    if profile.handle != now.handle:
        _leave(now, profile.handle)
    return profile


@transaction.atomic
def set_links(*, profile: Profile, links: Sequence[Link]) -> None:
    """The links of a profile are these, in this order."""
    Profile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    profile.links.all().delete()
    ProfileLink.objects.bulk_create(
        ProfileLink(profile=profile, label=link.label, url=link.url, position=place)
        for place, link in enumerate(links)
    )


def may_have(*, profile: Profile, handle: str) -> bool:
    """Whether `handle` is neither the site's nor one that somebody else has just left."""
    kept = FormerHandle.objects.kept_from(profile.user).filter(handle=handle)
    return handle not in RESERVED and not kept.exists()


def taken() -> str:
    return _("Somebody has this address already. Choose another.")


def _leave(profile: Profile, handle: str) -> None:
    """The address that `profile` has goes nowhere from now on, and to nobody for a while."""
    if not may_have(profile=profile, handle=handle):
        raise HandleTaken(taken())
    mine = FormerHandle.objects.filter(owner_id=profile.user_id)
    FormerHandle.objects.lapsed().delete()
    FormerHandle.objects.filter(handle__in=[handle, profile.handle]).delete()
    FormerHandle.objects.create(handle=profile.handle, owner_id=profile.user_id)
    kept = mine.order_by("-freed_at", "-pk").values_list("pk", flat=True)[:MOST_KEPT]
    mine.exclude(pk__in=list(kept)).delete()
