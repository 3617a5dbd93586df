from django.core.validators import MaxLengthValidator, MaxValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.models.issuer import Issuer
from badges.querysets import BadgeClassQuerySet
from badges.validators import country_code
from passport.lib.folding import clean, fold

HTTP = URLValidator(schemes=["http", "https"])


class BadgeClass(models.Model):
    """What a badge recognises (Open Badges 2.0 « BadgeClass », 3.0 « Achievement »)."""

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="badge_classes", verbose_name=_("issuer"))
    # Of an imported badge: what its issuer calls it.
    iri = models.CharField(_("identifier"), max_length=1_000, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.TextField(_("description"), validators=[MaxLengthValidator(2_000)])
    criteria = models.TextField(_("criteria (Markdown)"), validators=[MaxLengthValidator(20_000)])
    criteria_url = models.URLField(
        _("address of the criteria page"),
        blank=True,
        validators=[HTTP],
        help_text=_("Optional. Without it, “Open the criteria page” leads to a page of this site."),
    )
    image = models.CharField(_("image"), max_length=80, help_text=_("Name of the file in the image store."))
    image_alt = models.CharField(_("description of the image"), max_length=250, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[country_code],
        help_text=_("Only when it is not the issuer’s."),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    valid_days = models.PositiveIntegerField(
        _("valid for (days)"), null=True, blank=True, validators=[MaxValueValidator(36_500)]
    )
    published_at = models.DateTimeField(_("published on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created on"), default=timezone.now, editable=False)

    # Kept by services/figures.py in the transaction that moves them; `rebuild_gallery` reports drift.
    public_recipients = models.PositiveIntegerField(default=0, editable=False)
    member_recipients = models.PositiveIntegerField(default=0, editable=False)
    public_activity_at = models.DateTimeField(default=timezone.now, editable=False)
    member_activity_at = models.DateTimeField(default=timezone.now, editable=False)
    folded_name = models.CharField(max_length=220, editable=False)
    folded_text = models.TextField(editable=False)
    gallery_country = models.CharField(max_length=2, editable=False)

    objects = BadgeClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering = ["folded_name"]
        indexes = [
            models.Index(fields=["folded_name", "id"], name="badge_class_by_name"),
            models.Index(fields=["gallery_country"], name="badge_class_by_country"),
            models.Index(fields=["-public_activity_at", "-id"], name="badge_class_public_activity"),
            models.Index(fields=["-member_activity_at", "-id"], name="badge_class_member_activity"),
            models.Index(fields=["-public_recipients", "-id"], name="badge_class_public_count"),
            models.Index(fields=["-member_recipients", "-id"], name="badge_class_member_count"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "iri"],
                condition=~Q(iri=""),
                name="badge_class_once_per_iri",
                violation_error_message=_("This badge is known already."),
            ),
            models.CheckConstraint(
                name="badge_class_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                name="badge_class_members_count_public",
                condition=Q(member_recipients__gte=F("public_recipients")),
                violation_error_message=_("Members see at least what everybody sees."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.fold()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("gallery:badge", args=[self.slug])

    def fold(self) -> None:
        """Fills the columns that the gallery searches. Called by save(); bulk writers call it themselves."""
        self.name = clean(self.name)
        self.folded_name = fold(self.name)[:220]
        self.folded_text = " | ".join(fold(part) for part in [self.name, self.description, *self.tags])
        self.gallery_country = self.country or self.issuer.country

    @property
    def in_gallery(self) -> bool:
        """The same rule as `BadgeClassQuerySet.published`."""
        published = self.published_at is not None and self.published_at <= timezone.now()
        return published and (self.iri == "" or self.public_recipients > 0)

    @property
    def criteria_address(self) -> str:
        return self.criteria_url or reverse("gallery:criteria", args=[self.slug])
