"""What sharing tells the layers below it."""

from collections.abc import Sequence

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import File, Profile, User
from accounts.registry import FileUse, Place, register_file_use
from connections.access import identifier
from connections.enums import Reported
from connections.querysets import profiles_open_to
from connections.registry import Reportable, Subject, register_reportable
from pages import access
from pages.models import Page


def reported_page(viewer: User, subject: str) -> Subject:
    page = access.page_for_viewer(viewer, identifier(subject))
    if page.owner_id == viewer.pk:
        raise Http404
    return Subject(str(page.uid), page.title, reverse("sharing:page", args=[page.uid]), page.owner)


def reported_page_address(subject: str) -> str:
    return reverse("sharing:page", args=[subject]) if Page.objects.filter(uid=subject).exists() else ""


PAGE = Reportable("page", reported_page, reported_page_address)


def _picture_readable(viewer, file: File) -> bool:
    """The picture of a profile is for whoever may open the profile: not for whom its owner has blocked."""
    return profiles_open_to(viewer).filter(picture=file).exists()


def _picture_places(files: Sequence[File]) -> dict[int, list[Place]]:
    place = Place(_("Picture of my profile"), reverse("accounts:profile_picture"))
    used = Profile.objects.filter(picture__in=files).values_list("picture", flat=True)
    return {pk: [place] for pk in used}


PICTURES = FileUse(readable=_picture_readable, places=_picture_places)


def register() -> None:
    register_file_use(PICTURES)
    register_reportable(Reported.PAGE, PAGE)
