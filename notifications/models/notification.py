import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.querysets import NotificationQuerySet


class Notification(models.Model):
    """Something that a person is told of: its kind and what it is about, not its words.

    Whether it may still be seen is asked of its kind each time that it is shown, counted or mailed.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
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
    # Until a digest has taken it up; none for what is mailed at once, or never.
    digest_at = models.DateTimeField(_("in the digest of"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notification_by_person"),
            # Every page of a signed-in person counts these.
            models.Index(
                fields=["person", "-created_at", "-id"],
                name="notification_unread",
                condition=Q(read_at=None),
            ),
            # The worker asks at each turn what is due.
            models.Index(
                fields=["digest_at", "person"],
                name="notification_due",
                condition=Q(digest_at__isnull=False),
            ),
            models.Index(fields=["created_at"], name="notification_by_age"),
        ]

    def __str__(self) -> str:
        return self.key
