"""The pictures of profiles, as a use of people's files."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import File, Profile
from accounts.registry import FileUse, Place


def _readable(viewer, file: File) -> bool:
    """Whoever may open the profile."""
    return Profile.objects.visible_to(viewer).filter(picture=file).exists()


def _places(files: Sequence[File]) -> dict[int, list[Place]]:
    place = Place(_("Picture of my profile"), reverse("accounts:profile_picture"))
    used = Profile.objects.filter(picture__in=files).values_list("picture", flat=True)
    return {pk: [place] for pk in used}


PICTURES = FileUse(readable=_readable, places=_places)
