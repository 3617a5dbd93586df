"""Files come and go here only."""

import hashlib
import logging
import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.exceptions import FileRefused
from accounts.judging import MAX_NAME, Judged, cleaned_name, judge
from accounts.models import File, User
from accounts.models.file import FOLDER, SIDES
from accounts.registry import file_uses
from passport.lib import photos
from passport.lib.folding import clean

logger = logging.getLogger(__name__)
# A file of the storage without a row is being kept, or was left by what broke off.
ORPHAN_AGE = timedelta(days=1)


def keep(*, owner: User, upload: UploadedFile, only_picture: bool = False) -> File:
    """Keeps a file for its owner alone, until a use shows it. The same one given again is the row that is there.

    Raises FileRefused for what is not one of the few types, is damaged, too heavy, or beyond the owner's quota.
    """
    judged = judge(upload, only_picture=only_picture)
    digest = hashlib.sha256(judged.content).hexdigest()
    known = File.objects.of(owner).filter(sha256=digest).first()
    if known:
        return known
    _check_quota(owner, len(judged.content))
    file = _row(owner, judged, cleaned_name(upload.name or "", judged.format), digest)
    # Bytes go first, out of the lock: a storage may be slow.
    try:
        _store(file, judged)
    except OSError as error:
        logger.exception("A file could not be stored.")
        _remove(file.stored_names)
        raise FileRefused(_("This file could not be kept. Try again in a while.")) from error
    try:
        return _claim(file)
    except FileRefused:
        _remove(file.stored_names)
        raise


def keep_all(
    *, owner: User, uploads: Iterable[UploadedFile], only_pictures: bool = False
) -> tuple[list[File], list[str]]:
    """Keeps what can be kept. Returns the files, and a sentence for each upload that was refused."""
    kept, refused = [], []
    for upload in uploads:
        try:
            kept.append(keep(owner=owner, upload=upload, only_picture=only_pictures))
        except FileRefused as refusal:
            name = clean(upload.name or "")[:MAX_NAME]
            refused.append(_("%(name)s: %(reason)s") % {"name": name, "reason": refusal})
    return kept, refused


@transaction.atomic
def delete(*, file: File) -> None:
    """Takes a file away from its owner and from every place that shows it; its bytes go when this is committed."""
    for use in file_uses:
        use.release(file)
    file.delete()


def forget_bytes(instance: File, **_signal: Any) -> None:
    """Whatever deletes the row, an account that goes included."""
    names = instance.stored_names
    transaction.on_commit(lambda: _remove(names))


def tidy() -> int:
    """Removes bytes whose row was never written or is gone; returns how many. One of the 256 folders each hour."""
    folder = f"{FOLDER}/{int(timezone.now().timestamp() // 3600) % 256:02x}"
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return 0
    owned = _known_of(folder)
    old = timezone.now() - ORPHAN_AGE
    paths = [f"{folder}/{name}" for name in names if f"{folder}/{name.partition('-w')[0]}" not in owned]
    orphans = [path for path in paths if default_storage.get_modified_time(path) < old]
    _remove(orphans)
    return len(orphans)


def _known_of(folder: str) -> set[str]:
    return set(File.objects.filter(content__startswith=f"{folder}/").values_list("content", flat=True))


def _row(owner: User, judged: Judged, name: str, digest: str) -> File:
    width, height = judged.picture.size if judged.picture else (None, None)
    return File(
        uid=uuid.uuid4(),
        owner=owner,
        kind=judged.kind,
        name=name,
        media_type=judged.media_type,
        size=len(judged.content),
        width=width,
        height=height,
        sha256=digest,
    )


def _store(file: File, judged: Judged) -> None:
    file.content.save(file.name, ContentFile(judged.content), save=False)
    if judged.picture:
        for side in SIDES:
            default_storage.save(file.smaller(side), ContentFile(photos.fitted(judged.picture, side)))


@transaction.atomic
def _claim(file: File) -> File:
    """The row, unless another upload of the same file, or others that filled the quota, came first."""
    User.objects.select_for_update(no_key=True).get(pk=file.owner_id)
    known = File.objects.filter(owner=file.owner_id, sha256=file.sha256).first()
    if known:
        transaction.on_commit(lambda: _remove(file.stored_names))
        return known
    _check_quota(file.owner, file.size)
    file.save(force_insert=True)
    return file


def _check_quota(owner: User, size: int) -> None:
    if File.objects.of(owner).weight() + size > settings.FILES_QUOTA * 1024 * 1024:
        raise FileRefused(
            _("Your files would take more than %(quota)s MB. Delete some in “My files” first.")
            % {"quota": settings.FILES_QUOTA}
        )


def _remove(names: list[str]) -> None:
    """What a storage does not take away now stays for `tidy`: a deletion is never undone by it."""
    for name in names:
        try:
            default_storage.delete(name)
        except OSError:
            logger.exception("A file without a row stays in the storage for now.")
