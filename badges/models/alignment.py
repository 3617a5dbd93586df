from django.db import models
from django.utils.translation import gettext_lazy as _

from badges.models.badge_class import HTTP, BadgeClass


class Alignment(models.Model):
    """An entry of a framework of competences to which a badge corresponds (Open Badges 2.0 « AlignmentObject »)."""

    badge_class = models.ForeignKey(
        BadgeClass, models.CASCADE, related_name="alignments", verbose_name=_("badge")
    )
    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("address"), validators=[HTTP])
    description = models.CharField(_("description"), max_length=500, blank=True)
    framework = models.CharField(_("framework"), max_length=200, blank=True)
    code = models.CharField(_("code"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("alignment")
        verbose_name_plural = _("alignments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
