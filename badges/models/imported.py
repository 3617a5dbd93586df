from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.formats.report import Verdict
from badges.models.assertion import Assertion

VERDICTS = [verdict.value for verdict in Verdict]


class GivenBadge(models.Model):
    """What somebody gave to be read: the bytes as they came, what they are, and what the last verification said."""

    original = models.BinaryField(editable=False)
    # png, svg, pdf, json, jws: `Found.container`; what came from an address is what answered there.
    container = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(_("source"), max_length=1_000, blank=True)
    # The badge's own identifier; `verification/store.py` writes and reads the report.
    iri = models.CharField(_("identifier"), max_length=1_000)
    verdict = models.CharField(_("verdict"), max_length=20)
    report = models.JSONField(default=dict)
    # Documents of its issuer as they came, {address: text}: they outlive its server.
    copies = models.JSONField(default=dict)
    verified_at = models.DateTimeField(_("verified on"), default=timezone.now)

    class Meta:
        abstract = True


class ImportDraft(GivenBadge):
    """A badge that its person looks at before keeping it. Gone after a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="import_drafts")
    label = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="import_draft_verdict_known",
                condition=Q(verdict__in=VERDICTS),
                violation_error_message=_("This verdict does not exist."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class ImportedBadge(GivenBadge):
    """What is kept of a badge from elsewhere, for ever: the bytes, and all that its verification read."""

    assertion = models.OneToOneField(Assertion, models.CASCADE, related_name="imported")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # When the next verification is due, how many have failed in a row, and since when nobody answers.
    due_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveSmallIntegerField(default=0)
    unreachable_since = models.DateTimeField(_("unreachable since"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported badge")
        verbose_name_plural = _("imported badges")
        indexes = [models.Index(fields=["due_at"], name="imported_badge_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "iri"],
                name="imported_badge_once_per_holder",
                violation_error_message=_("You have this badge already."),
            ),
            models.CheckConstraint(
                name="imported_badge_verdict_known",
                condition=Q(verdict__in=VERDICTS),
                violation_error_message=_("This verdict does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return self.iri
