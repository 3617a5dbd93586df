import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.enums import KeyKind
from badges.models.issuer import Issuer


class SigningKey(models.Model):
    """A key of an issuer. Retired, it signs no more, and what it signed stays good; revoked, that is good no more."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="keys", verbose_name=_("issuer"))
    kind = models.CharField(_("kind"), max_length=10, choices=KeyKind)
    # Multibase for Ed25519, PEM for RSA.
    public = models.TextField(_("public part"))
    # The private part, encrypted with KEYS_SECRET (badges/sealing.py).
    sealed = models.BinaryField(editable=False)
    created_at = models.DateTimeField(_("created on"), default=timezone.now)
    retired_at = models.DateTimeField(_("retired on"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "kind"],
                condition=Q(retired_at=None),
                name="signing_key_one_in_use",
                violation_error_message=_("This issuer has a key of this kind in use."),
            ),
            models.CheckConstraint(
                name="signing_key_revoked_is_retired",
                condition=Q(revoked_at=None) | Q(retired_at__isnull=False),
                violation_error_message=_("A revoked key is no longer in use."),
            ),
            models.CheckConstraint(
                name="signing_key_kind_known",
                condition=Q(kind__in=KeyKind.values),
                violation_error_message=_("This kind of key does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.uid}"
