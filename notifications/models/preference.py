from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.enums import Pace
from notifications.querysets import PreferenceQuerySet


class Preference(models.Model):
    """How soon a person wants one kind of notification by mail. Without a row it is as the kind says."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences"
    )
    kind = models.CharField(_("kind"), max_length=50)
    pace = models.CharField(_("by e-mail"), max_length=10, choices=Pace)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preference of notification")
        verbose_name_plural = _("preferences of notification")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                name="preference_once_per_kind",
                violation_error_message=_("This person has chosen for this kind already."),
            ),
            models.CheckConstraint(
                name="preference_pace_known",
                condition=Q(pace__in=Pace.values),
                violation_error_message=_("This pace does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.pace}"
