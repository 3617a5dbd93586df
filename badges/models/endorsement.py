import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.models.badge_version import BadgeVersion
from badges.models.issuer import Issuer


class Endorsement(models.Model):
    """An issuer of this site says what it thinks of a badge: of that very version (Open Badges « Endorsement »)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        BadgeVersion, models.PROTECT, related_name="endorsements", verbose_name=_("badge")
    )
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, related_name="endorsements", verbose_name=_("endorsed by")
    )
    comment = models.TextField(_("what it says"), max_length=2_000)
    issued_at = models.DateTimeField(_("since"), default=timezone.now)
    # The signed EndorsementCredential, byte for byte.
    credential = models.TextField(editable=False)

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        ordering = ["issued_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "issuer"],
                name="endorsement_once_per_issuer",
                violation_error_message=_("This issuer has endorsed this badge already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer} – {self.version}"
