"""Which columns hold what: presets of ticketing tools, and what an organiser chose before."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from badges.models import ListPreset


def known_to(user: User | None) -> Iterable[ListPreset]:
    """The presets that may fit a list of `user`: their own first, the last used first, then everybody's."""
    mine = Q(owner=None) | Q(owner=user) if user else Q(owner=None)
    return ListPreset.objects.filter(mine).order_by(F("owner").asc(nulls_last=True), "-used_at", "pk")


def remember(*, owner: User, source: str, reading: dict) -> ListPreset | None:
    """Keeps the columns that an organiser chose for a list; the next list with these titles is read the same way.

    None when the list has no titles: columns without a name cannot be found again.
    """
    titles, columns = reading["titles"], reading["columns"]
    if not titles:
        return None
    names = [titles[index] for index in columns["names"]]
    fields = {
        "address": titles[columns["address"]],
        "first_name": names[0] if len(names) > 1 else "",
        "last_name": names[1] if len(names) > 1 else "",
        "full_name": names[0] if len(names) == 1 else "",
        "issued_on": "" if columns["issued_on"] is None else titles[columns["issued_on"]],
        "status": "" if columns["status"] is None else titles[columns["status"]],
        "kept_statuses": " | ".join(columns["kept"]),
        "used_at": timezone.now(),
    }
    return ListPreset.objects.update_or_create(owner=owner, name=source[:80], defaults=fields)[0]


def save(*, preset: ListPreset) -> ListPreset:
    """Writes a preset as it was edited."""
    preset.save()
    return preset
