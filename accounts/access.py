"""One door per file. What may not be read answers 404, as if it did not exist."""

from uuid import UUID

from django.http import Http404

from accounts.models import File
from accounts.registry import file_uses


def own_file(user, uid: UUID) -> File:
    file = File.objects.of(user).filter(uid=uid).first()
    if file is None:
        raise Http404
    return file


def file_for_viewer(viewer, uid: UUID) -> File:
    """One's own, or one that a use shows to `viewer` at this moment."""
    file = File.objects.filter(uid=uid).first()
    if file is None:
        raise Http404
    if file.owner_id == viewer.pk:
        return file
    if any(use.readable(viewer, file) for use in file_uses):
        return file
    raise Http404
