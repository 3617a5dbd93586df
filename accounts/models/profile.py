import secrets

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Visibility
from accounts.querysets import ProfileQuerySet
from passport.lib.folding import clean, fold

SHOWN_SIDE = 480  # one of those that files have
HANDLE = r"^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$"


def new_handle() -> str:
    """An address of a profile that tells nothing; its owner may choose another."""
    return f"p-{secrets.token_hex(6)}"


class Profile(models.Model):
    """What a person tells of themself. Its visibility governs the link, picture, town and about beside a name."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile")
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    handle = models.CharField(
        _("address of the profile"),
        max_length=40,
        unique=True,
        default=new_handle,
        validators=[RegexValidator(HANDLE, _("Use 3 to 40 lower-case letters, digits and hyphens."))],
    )
    about = models.CharField(_("about me"), max_length=500, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    picture = models.ForeignKey(
        "accounts.File", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    # A choice of its own: what everybody may open is not thereby what search engines may keep.
    is_indexed = models.BooleanField(_("may be found by search engines"), default=False)
    # Names of the hints of the first page that this person has put away.
    hints_away = models.JSONField(default=list, blank=True, editable=False)
    folded_name = models.CharField(max_length=170, editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        indexes = [models.Index(fields=["folded_name", "id"], name="profile_by_name")]
        constraints = [
            models.CheckConstraint(
                name="profile_visibility_known",
                condition=Q(visibility__in=Visibility.values),
                violation_error_message=_("This visibility does not exist."),
            ),
            models.CheckConstraint(
                name="profile_indexed_is_public",
                condition=Q(is_indexed=False) | Q(visibility=Visibility.PUBLIC),
                violation_error_message=_("Only a public profile can be found by search engines."),
            ),
            models.UniqueConstraint(
                Lower("handle"),
                name="profile_handle_unique_without_case",
                violation_error_message=_("Somebody has this address already. Choose another."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.handle

    def save(self, *args, **kwargs):
        self.first_name, self.last_name = clean(self.first_name), clean(self.last_name)
        self.town = clean(self.town)
        self.folded_name = fold(self.name)[:170]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded_name"}
        super().save(*args, **kwargs)

    @property
    def picture_url(self) -> str:
        """Where the picture is, for who may open the profile; empty without one."""
        return reverse("accounts:picture_file", args=[self.picture.uid, SHOWN_SIDE]) if self.picture else ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
