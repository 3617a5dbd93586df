import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.models import BadgeClass
from connections.querysets import CommentQuerySet


class Comment(models.Model):
    """What a member writes under a badge of the gallery. Signed by their name, read by everybody."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    badge_class = models.ForeignKey(BadgeClass, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comments")
    text = models.TextField(_("comment"), max_length=1000)
    created_at = models.DateTimeField(_("written on"), default=timezone.now)
    hidden_at = models.DateTimeField(_("hidden on"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [models.Index(fields=["badge_class", "-created_at", "-id"], name="comment_by_badge")]

    def __str__(self) -> str:
        return self.text[:50]
