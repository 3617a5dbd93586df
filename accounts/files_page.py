"""What « Mes fichiers » shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.http import urlencode

from accounts.forms.files import UploadForm
from accounts.models import File, User
from accounts.registry import Place, file_uses
from passport.lib import keyset

ORDER = ("-created_at", "-id")
PER_PAGE = 24


@dataclass(frozen=True)
class Kept:
    file: File
    places: list[Place]


def files_context(user: User, form: UploadForm, cursor: str) -> dict[str, Any]:
    mine = File.objects.of(user)
    page = keyset.page(mine, order=ORDER, size=PER_PAGE, cursor=cursor)
    places = places_of(page.rows)
    return {
        "form": form,
        "kept": [Kept(file, places[file.pk]) for file in page],
        "used": mine.weight(),
        "quota": settings.FILES_QUOTA * 1024 * 1024,
        "previous_url": _address(page.previous),
        "next_url": _address(page.following),
    }


def places_of(files: Sequence[File]) -> dict[int, list[Place]]:
    """Where each of these files is used, by its pk: every one has its list."""
    places: dict[int, list[Place]] = {file.pk: [] for file in files}
    for use in file_uses if files else []:
        for pk, found in use.places(files).items():
            places[pk] += found
    return places


def _address(cursor: str) -> str:
    return f"?{urlencode({'suite': cursor})}" if cursor else ""
