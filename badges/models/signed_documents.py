from django.db import models
from django.utils import timezone

from badges.models.assertion import Assertion
from badges.models.signing_key import SigningKey


class SignedDocuments(models.Model):
    """An accepted award in every form, exactly as it was signed: what is served is never built again from rows."""

    assertion = models.OneToOneField(Assertion, models.CASCADE, related_name="documents")
    salt = models.CharField(max_length=40)
    hosted = models.TextField()  # Open Badges 2.0, JSON-LD
    signed = models.TextField()  # 2.0, JWS
    credential = models.TextField()  # 3.0, JSON-LD with a Data Integrity proof
    token = models.TextField()  # 3.0, VC-JWT
    proof_key = models.ForeignKey(SigningKey, models.PROTECT, related_name="proved")
    token_key = models.ForeignKey(SigningKey, models.PROTECT, related_name="signed")
    signed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.assertion_id)
