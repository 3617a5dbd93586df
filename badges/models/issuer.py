import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.enums import MemberRole, Origin
from badges.querysets import IssuerQuerySet
from badges.validators import country_code, foreign_links, sender_name
from passport.lib.folding import clean, fold


class Issuer(models.Model):
    """An organisation that issues badges (Open Badges 2.0 « Profile », 3.0 « Profile » as issuer)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What came with imported badges has an address of its own elsewhere; only its own site can prove it.
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.HERE, editable=False)
    iri = models.CharField(_("identifier"), max_length=1_000, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=150, validators=[sender_name])
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.TextField(_("description"), blank=True, validators=[MaxLengthValidator(2_000)])
    url = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("public e-mail"), blank=True)
    country = models.CharField(_("country"), max_length=2, default="FR", validators=[country_code])
    town = models.CharField(_("town"), max_length=80, blank=True)
    linkedin_organization_id = models.CharField(
        _("LinkedIn identifier of the organisation"),
        max_length=20,
        blank=True,
        validators=[
            RegexValidator(r"^\d{1,20}$", _("Digits only, as in linkedin.com/company/1234567/admin."))
        ],
        help_text=_("Digits, found in the address of the organisation’s administration page on LinkedIn."),
    )
    sender_name = models.CharField(
        _("sender of the e-mails"),
        max_length=100,
        blank=True,
        validators=[sender_name],
        help_text=_("Empty: the name of the issuer."),
    )
    reply_to = models.EmailField(
        _("answers go to"), blank=True, help_text=_("Empty: the public e-mail of the issuer.")
    )
    invitation_text = models.TextField(
        _("own text above the button"),
        blank=True,
        validators=[MaxLengthValidator(1_000)],
        help_text=_("A few sentences, without formatting. The only links may lead to your website."),
    )
    created_at = models.DateTimeField(_("created on"), default=timezone.now, editable=False)
    folded_name = models.CharField(max_length=160, editable=False, db_index=True)

    objects = IssuerQuerySet.as_manager()

    class Meta:
        verbose_name = _("issuer")
        verbose_name_plural = _("issuers")
        ordering = ["folded_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["iri"],
                condition=Q(origin=Origin.ELSEWHERE),
                name="issuer_once_per_proved_iri",
                violation_error_message=_("This issuer is known already."),
            ),
            models.CheckConstraint(
                name="issuer_here_has_no_iri",
                condition=Q(origin__in=[Origin.HERE, Origin.SITE], iri="")
                | (Q(origin=Origin.ELSEWHERE) & ~Q(iri=""))
                | Q(origin=Origin.CLAIMED),
                violation_error_message=_("An issuer of this site has no identifier elsewhere."),
            ),
            models.UniqueConstraint(
                fields=["origin"],
                condition=Q(origin=Origin.SITE),
                name="issuer_one_site",
                violation_error_message=_("The site signs under one name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.name = clean(self.name)
        self.folded_name = fold(self.name)[:160]
        super().save(*args, **kwargs)
        # The gallery filters by the country of the badge, which is its issuer's unless it says otherwise.
        self.badge_classes.filter(country="").exclude(gallery_country=self.country).update(
            gallery_country=self.country
        )

    def get_absolute_url(self) -> str:
        return reverse("gallery:issuer", args=[self.slug])

    @property
    def is_here(self) -> bool:
        return self.origin == Origin.HERE

    def clean(self):
        if foreign := foreign_links(self.invitation_text, self.url):
            sentence = _(
                "A link may lead only to your website, named above, or to this site: remove “%(link)s”."
            )
            raise ValidationError({"invitation_text": sentence % {"link": foreign[0]}})


class IssuerMember(models.Model):
    """Who may issue for an issuer."""

    issuer = models.ForeignKey(Issuer, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="issuer_memberships")
    role = models.CharField(_("role"), max_length=20, choices=MemberRole, default=MemberRole.ORGANISER)

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "user"],
                name="issuer_member_once",
                violation_error_message=_("This person organises for this issuer already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.issuer}"
