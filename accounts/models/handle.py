from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import FormerHandleQuerySet


class FormerHandle(models.Model):
    """An address of a profile that its person left. For a while nobody else can have it, or a link that was shared
    would lead to a stranger who looks like them."""

    handle = models.CharField(_("address of the profile"), max_length=40, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="former_handles")
    freed_at = models.DateTimeField(_("left on"), default=timezone.now)

    objects = FormerHandleQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address of a profile")
        verbose_name_plural = _("former addresses of profiles")

    def __str__(self) -> str:
        return self.handle
