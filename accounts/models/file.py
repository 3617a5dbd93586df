import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import FileKind
from accounts.querysets import FileQuerySet

FOLDER = "files"
# Pixels a side of the smaller pictures that are made of a picture, as WEBP: those that pages show.
SIDES = (480, 1280)


def stored_at(file: "File", _name: str) -> str:
    """A path that nobody can guess from another, and that tells nothing of the name that its owner gave."""
    return f"{FOLDER}/{file.uid.hex[:2]}/{file.uid}"


class File(models.Model):
    """A file that a person keeps here: their picture, evidence, what a page shows. Read through its owner's or its
    use's permissions alone, never at an address of the storage."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="files")
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind)
    name = models.CharField(_("name"), max_length=160)
    content = models.FileField(_("file"), upload_to=stored_at, max_length=100)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(_("width in pixels"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, blank=True)
    # Of the bytes as they are kept: the same file given twice is one.
    sha256 = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("kept since"), default=timezone.now)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["owner", "-created_at", "-id"], name="file_by_owner")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "sha256"],
                name="file_once_per_owner",
                violation_error_message=_("You have kept this file already."),
            ),
            models.CheckConstraint(
                name="file_kind_known",
                condition=models.Q(kind__in=FileKind.values),
                violation_error_message=_("This kind of file does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind == FileKind.PICTURE

    @property
    def stored_names(self) -> list[str]:
        """Of all that the storage holds of it."""
        if not self.content.name:
            return []
        smaller = [self.smaller(side) for side in SIDES] if self.is_picture else []
        return [self.content.name, *smaller]

    def smaller(self, side: int) -> str:
        """Name, in the storage, of the picture of at most `side` pixels a side; one of SIDES."""
        return f"{self.content.name}-w{side}"
