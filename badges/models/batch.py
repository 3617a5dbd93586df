from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.enums import LineOutcome
from badges.models.assertion import Assertion
from badges.models.badge_class import BadgeClass


class Batch(models.Model):
    """An organiser's list, as it was read: every line has an outcome that can be read afterwards."""

    badge_class = models.ForeignKey(
        BadgeClass, models.PROTECT, related_name="batches", verbose_name=_("badge")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("sent by")
    )
    created_at = models.DateTimeField(_("sent on"), default=timezone.now)
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.badge_class} – {self.created_at:%Y-%m-%d}"


class BatchLine(models.Model):
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    value = models.CharField(_("address read"), max_length=300)
    name = models.CharField(_("name"), max_length=160, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=LineOutcome)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    assertion = models.ForeignKey(
        Assertion, models.SET_NULL, null=True, blank=True, related_name="lines", verbose_name=_("award")
    )
    message = models.ForeignKey(
        "notifications.Message", models.SET_NULL, null=True, blank=True, verbose_name=_("message")
    )

    class Meta:
        verbose_name = _("line of a list")
        verbose_name_plural = _("lines of a list")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="batch_line_number_unique",
                violation_error_message=_("This line is already there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.value}"
