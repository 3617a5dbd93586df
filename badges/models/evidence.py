import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from badges.models.assertion import Assertion
from badges.models.badge_class import HTTP


class Evidence(models.Model):
    """What shows that a badge is deserved, as its issuer says (Open Badges 2.0 and 3.0 « Evidence »)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assertion = models.ForeignKey(Assertion, models.CASCADE, related_name="evidence", verbose_name=_("award"))
    name = models.CharField(_("name"), max_length=200)
    narrative = models.TextField(_("what was done"), max_length=5_000, blank=True)
    url = models.URLField(
        _("address"), blank=True, validators=[HTTP], help_text=_("Of the work itself, where it can be seen.")
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_says_something",
                condition=~Q(narrative="") | ~Q(url=""),
                violation_error_message=_("Say what was done, or give the address of the work."),
            )
        ]

    def __str__(self) -> str:
        return self.name
