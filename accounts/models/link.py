from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.profile import Profile
from passport.lib.urls import site_of


class ProfileLink(models.Model):
    """An address elsewhere that a person tells of themself: a site, an account of a network."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=60)
    url = models.URLField(_("address"), max_length=400, validators=[URLValidator(["http", "https"])])
    position = models.PositiveSmallIntegerField(_("rank"), default=0)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def site(self) -> str:
        """The host, which says where a link leads, whatever its label does."""
        return site_of(self.url)
