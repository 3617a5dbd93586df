from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.querysets import NotificationQuerySet


class Notification(models.Model):
    """Something that a person is told of: its kind and what it is about, not its words.

    Whether it may still be seen is asked of its kind each time that it is shown, counted or mailed.
    """

    key = models.CharField(_("key"), max_length=200, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=50)
    # The public identifier of what it is about, of the sort that its kind expects.
    subject = models.CharField(_("subject"), max_length=64)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    read_at = models.DateTimeField(_("read on"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [models.Index(fields=["person", "-created_at", "-id"], name="notification_by_person")]

    def __str__(self) -> str:
        return self.key
