import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import DocumentKind
from accounts.querysets import LegalDocumentQuerySet


class LegalDocument(models.Model):
    """One version of a text of the site. Published versions are never edited: what was accepted must stay readable."""

    kind = models.CharField(_("text"), max_length=20, choices=DocumentKind)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="fr")
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text (Markdown)"))
    published_at = models.DateTimeField(_("published on"), default=timezone.now)

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of the site")
        verbose_name_plural = _("texts of the site")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "version"],
                name="legal_document_version_unique",
                violation_error_message=_("This version exists already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language}, {self.version})"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


class Consent(models.Model):
    """« J'ai lu et j'accepte cette Déclaration… »: who accepted which text, and when. Never edited."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    document = models.ForeignKey(LegalDocument, models.PROTECT, related_name="consents")
    sha256 = models.CharField(_("hash of the text"), max_length=64)
    given_at = models.DateTimeField(_("accepted on"), default=timezone.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "document", "sha256"],
                name="consent_once_for_a_text",
                violation_error_message=_("This text is already accepted."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.given_at:%Y-%m-%d}"
