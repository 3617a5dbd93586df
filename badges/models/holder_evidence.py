import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import File
from badges.models.assertion import Assertion
from badges.models.badge_class import HTTP
from badges.querysets import HolderEvidenceQuerySet


class HolderEvidence(models.Model):
    """What the holder of a badge adds to it, marked as theirs. Never part of what its issuer has signed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assertion = models.ForeignKey(
        Assertion, models.CASCADE, related_name="holder_evidence", verbose_name=_("award")
    )
    name = models.CharField(_("name"), max_length=200)
    narrative = models.TextField(_("what was done"), max_length=5_000, blank=True)
    url = models.URLField(_("address"), blank=True, validators=[HTTP])
    # Whatever deletes the file's row; « Mes fichiers » keeps the words that stand beside it (evidence_files.py).
    file = models.ForeignKey(
        File, models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("file")
    )
    is_shown = models.BooleanField(_("shown with the badge"), default=False)
    added_at = models.DateTimeField(_("added on"), default=timezone.now)

    objects = HolderEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of the holder")
        verbose_name_plural = _("evidence of holders")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="holder_evidence_says_something",
                condition=~Q(narrative="") | ~Q(url="") | Q(file__isnull=False),
                violation_error_message=_(
                    "Say what was done, give the address of the work, or choose a file."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name
