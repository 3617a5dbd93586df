import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import File
from pages.enums import Theme, Visibility
from pages.querysets import PageQuerySet
from passport.lib.folding import clean, fold

MAX_TITLE, MAX_DESCRIPTION = 120, 300


class Page(models.Model):
    """A portfolio page. `blocks` are what forms.py has checked, in order: each has an `id`, a `kind`, and its fields.

    A page names badges and files by their uid and holds nothing of them: what it shows is asked anew for each visitor.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pages")
    title = models.CharField(_("title"), max_length=MAX_TITLE)
    description = models.CharField(_("description"), max_length=MAX_DESCRIPTION, blank=True)
    theme = models.CharField(_("theme"), max_length=10, choices=Theme, default=Theme.PASSPORT)
    blocks = models.JSONField(_("blocks"), default=list, blank=True)
    # Those that its blocks name, written with them: who may open the page may read these files.
    files = models.ManyToManyField(File, related_name="pages", blank=True, editable=False)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    # The secret link is an HMAC over uid and generation: another generation is another link.
    link_open = models.BooleanField(_("secret link"), default=False)
    link_generation = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created on"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated on"), default=timezone.now, editable=False)
    folded_title = models.CharField(max_length=MAX_TITLE * 2, editable=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        indexes = [
            models.Index(fields=["visibility", "-updated_at", "-id"], name="page_by_visibility"),
            models.Index(fields=["owner", "-updated_at", "-id"], name="page_by_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                name="page_values_known",
                condition=Q(visibility__in=Visibility.values, theme__in=Theme.values),
                violation_error_message=_("This visibility or theme does not exist."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self.title = clean(self.title)
        self.folded_title = fold(self.title)[: MAX_TITLE * 2]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its owner's preview."""
        return reverse("pages:page", args=[self.uid])

    @property
    def content(self) -> dict:
        """What a version keeps."""
        return {
            "title": self.title,
            "description": self.description,
            "theme": self.theme,
            "blocks": self.blocks,
        }
