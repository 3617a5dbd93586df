"""Files that holders add to their badges, as a use of people's files."""

from collections.abc import Sequence
from typing import cast

from django.urls import reverse

from accounts.models import File
from accounts.registry import FileUse, Place
from badges.models import Assertion, HolderEvidence


def _readable(viewer, file: File) -> bool:
    """Whoever may open the badge, while its holder shows the evidence."""
    shown = HolderEvidence.objects.shown().filter(file=file)
    return shown.filter(assertion__in=Assertion.objects.visible_to(viewer).filter(revoked_at=None)).exists()


def _places(files: Sequence[File]) -> dict[int, list[Place]]:
    rows = HolderEvidence.objects.filter(file__in=files).select_related(
        "assertion__badge_class", "assertion__version"
    )
    places: dict[int, list[Place]] = {}
    for row in rows:
        address = reverse("badges:holder_evidence", args=[row.assertion.uid])
        places.setdefault(cast(int, row.file_id), []).append(Place(row.assertion.recognises.name, address))
    return places


def _release(file: File) -> None:
    """The words that stand beside the file stay; evidence that was the file alone goes with it."""
    rows = HolderEvidence.objects.filter(file=file)
    rows.exclude(narrative="", url="").update(file=None)


EVIDENCE = FileUse(readable=_readable, places=_places, release=_release)
