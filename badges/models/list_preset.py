from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TITLES = _("Titles of columns, the best first, separated by a vertical bar: Attendee email | Email.")


class ListPreset(models.Model):
    """Which columns of a list hold what, by their titles: of a ticketing tool, or remembered for an organiser."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="list_presets",
        verbose_name=_("organiser"),
        help_text=_("Empty: for everybody."),
    )
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("e-mail"), max_length=300, help_text=TITLES)
    first_name = models.CharField(_("first name"), max_length=300, blank=True)
    last_name = models.CharField(_("last name"), max_length=300, blank=True)
    full_name = models.CharField(_("full name"), max_length=300, blank=True)
    issued_on = models.CharField(
        _("awarded on"), max_length=300, blank=True, help_text=_("Optional: a column of dates.")
    )
    status = models.CharField(_("status of the registration"), max_length=300, blank=True)
    kept_statuses = models.CharField(
        _("statuses that receive the badge"),
        max_length=300,
        blank=True,
        help_text=_("Separated by a vertical bar. The other lines are left out."),
    )
    used_at = models.DateTimeField(_("last used on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("preset of columns")
        verbose_name_plural = _("presets of columns")
        ordering = ["owner_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="list_preset_once_per_owner",
                violation_error_message=_("You have a preset of this name already."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(owner=None),
                name="list_preset_once_for_all",
                violation_error_message=_("There is a preset of this name already."),
            ),
            models.CheckConstraint(
                name="list_preset_has_address",
                condition=~Q(address=""),
                violation_error_message=_("Name the column of the addresses."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
