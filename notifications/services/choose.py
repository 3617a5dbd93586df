"""What people want by mail, kind by kind."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from notifications.enums import Pace
from notifications.hours import next_digest
from notifications.models import Notification, Preference
from notifications.registry import kinds


def paces_of(person: AbstractBaseUser) -> dict[str, str]:
    """What holds for `person`, by the name of every kind, in the order in which apps have registered them."""
    chosen = Preference.objects.paces(person)
    return {name: chosen.get(name, kind.pace) for name, kind in kinds.items()}


@transaction.atomic
def choose(*, person: AbstractBaseUser, paces: Mapping[str, str]) -> None:
    """Keeps what differs from what held; what waits for a digest changes its hour with it."""
    held = paces_of(person)
    changed = {name: pace for name, pace in paces.items() if pace != held.get(name)}
    Preference.objects.bulk_create(
        (Preference(person_id=person.pk, kind=name, pace=pace) for name, pace in changed.items()),
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["pace"],
    )
    for pace in set(changed.values()):
        _retime(person, [name for name in changed if changed[name] == pace], pace)


def _retime(person: AbstractBaseUser, names: list[str], pace: str) -> None:
    """« At once » is for what comes from now on: what has waited leaves with the next morning."""
    waiting = Notification.objects.filter(person_id=person.pk, kind__in=names, digest_at__isnull=False)
    waiting.update(digest_at=next_digest(Pace.DAILY if pace == Pace.AT_ONCE else pace, timezone.now()))


def stop(*, person: AbstractBaseUser, names: Mapping[str, str]) -> None:
    """« Never » for the kinds of a mail."""
    choose(person=person, paces=dict.fromkeys(names, Pace.NEVER))


def take_back(*, person: AbstractBaseUser, names: Mapping[str, str]) -> None:
    """The paces of a mail again, for the kinds that are still stopped."""
    held = paces_of(person)
    choose(person=person, paces={name: pace for name, pace in names.items() if held.get(name) == Pace.NEVER})
