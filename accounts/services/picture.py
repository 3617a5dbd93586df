from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import File, Profile
from accounts.registry import file_uses
from accounts.services import files


def set_picture(*, profile: Profile, upload: UploadedFile) -> None:
    """Shows this picture on the profile, in the place of another. Raises FileRefused."""
    _put(profile, files.keep(owner=profile.user, upload=upload, only_picture=True))


def remove_picture(*, profile: Profile) -> None:
    _put(profile, None)


@transaction.atomic
def _put(profile: Profile, picture: File | None) -> None:
    """The picture that goes is deleted, unless something else of its owner's shows it."""
    before = Profile.objects.select_for_update(no_key=True).get(pk=profile.pk).picture
    profile.picture = picture
    profile.save(update_fields=["picture"])
    if before and before != picture and not _is_used(before):
        files.delete(file=before)


def _is_used(file: File) -> bool:
    return any(use.places([file]).get(file.pk) for use in file_uses)
