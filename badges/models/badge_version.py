import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.models.badge_class import BadgeClass


class BadgeVersion(models.Model):
    """What a badge said when it was awarded, word for word. Written once: reworded, a badge gets another version.

    Open Badges identify what was awarded by an address that never says anything else; `uid` is in it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    badge_class = models.ForeignKey(
        BadgeClass, models.CASCADE, related_name="versions", verbose_name=_("badge")
    )
    # SHA-256 of all that follows.
    digest = models.CharField(max_length=64, editable=False)
    name = models.CharField(_("name"), max_length=300)
    description = models.TextField(_("description"))
    criteria = models.TextField(_("criteria (Markdown)"), blank=True)
    criteria_url = models.CharField(_("address of the criteria page"), max_length=1_000, blank=True)
    image = models.CharField(_("image"), max_length=80, blank=True)
    image_alt = models.CharField(_("description of the image"), max_length=250, blank=True)
    tags = models.JSONField(_("tags"), default=list)
    alignments = models.JSONField(_("alignments"), default=list)
    created_at = models.DateTimeField(_("created on"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a badge")
        verbose_name_plural = _("versions of a badge")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["badge_class", "digest"],
                name="badge_version_once",
                violation_error_message=_("This version is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
