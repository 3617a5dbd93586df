from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from connections.querysets import BlockQuerySet


class Block(models.Model):
    """A person wants nothing more to do with another one, who is not told."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocked_by")
    # As it was known when they were blocked; what became of it since is not this person’s to read.
    name = models.CharField(_("name"), max_length=170, blank=True)
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocked person")
        verbose_name_plural = _("blocked people")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "blocked"],
                name="block_once",
                violation_error_message=_("You have blocked this person already."),
            ),
            models.CheckConstraint(
                name="block_of_another",
                condition=~Q(person=F("blocked")),
                violation_error_message=_("One does not block oneself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.blocked}"
