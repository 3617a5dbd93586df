from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.enums import EventKind
from badges.models.assertion import Assertion


class AwardEvent(models.Model):
    """What happened to an award after it was sent: who, when, what. Written, never edited."""

    assertion = models.ForeignKey(Assertion, models.CASCADE, related_name="events", verbose_name=_("award"))
    kind = models.CharField(_("event"), max_length=20, choices=EventKind)
    # Null for the recipient, who acts by the link and may have no account, and for a command.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    before = models.CharField(_("before"), max_length=254, blank=True)
    after = models.CharField(_("after"), max_length=254, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="award_event_kind_known",
                condition=Q(kind__in=EventKind.values),
                violation_error_message=_("This kind of event does not exist."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.assertion_id}"
