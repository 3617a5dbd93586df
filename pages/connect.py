"""What pages tells the layers below it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import File
from accounts.registry import FileUse, Place, register_file_use
from pages.models import Page


def register() -> None:
    register_file_use(FileUse(readable=_is_readable, places=_places))


def _is_readable(viewer, file: File) -> bool:
    """Whoever may open a page reads what stands on it. Its secret link has addresses of its own."""
    return Page.objects.visible_to(viewer).with_file(file).exists()


def _places(files: Sequence[File]) -> dict[int, list[Place]]:
    placed = Page.files.through.objects.filter(file__in=files).select_related("page").order_by("page_id")
    found: dict[int, list[Place]] = {}
    for one in placed:
        label = _("the page “%(title)s”") % {"title": one.page.title}
        found.setdefault(one.file_id, []).append(Place(label, one.page.get_absolute_url()))
    return found
