from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.models.page import Page


class PageVersion(models.Model):
    """The content of a page as it was saved. `base`: the number of the version that it repeats, its own if new."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("saved on"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a page")
        verbose_name_plural = _("versions of pages")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"],
                name="page_version_once",
                violation_error_message=_("This version exists already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} – {self.number}"
