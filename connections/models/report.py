import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from connections.enums import Reported, ReportReason
from connections.querysets import ReportQuerySet


class Report(models.Model):
    """« Signaler »: a member tells the administrators that something should not be here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="reports",
        verbose_name=_("told by"),
    )
    what = models.CharField(_("what"), max_length=12, choices=Reported)
    # The public identifier: what was told of may be gone by the time that it is read.
    subject = models.CharField(_("subject"), max_length=64)
    label = models.CharField(_("name"), max_length=200)
    reason = models.CharField(_("reason"), max_length=20, choices=ReportReason)
    text = models.TextField(_("what is wrong"), max_length=2_000, blank=True)
    created_at = models.DateTimeField(_("told on"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="report_open", condition=Q(settled_at=None))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "what", "subject"],
                condition=Q(settled_at=None),
                name="report_once_while_open",
                violation_error_message=_("You have reported this already."),
            ),
            models.CheckConstraint(
                name="report_values_known",
                condition=Q(what__in=Reported.values, reason__in=ReportReason.values),
                violation_error_message=_("This reason does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} – {self.label}"
