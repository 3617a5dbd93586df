import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.models.assertion import Assertion
from badges.models.issuer import Issuer
from badges.querysets import StatusEntryQuerySet


class StatusList(models.Model):
    """Bits that say which awards of an issuer are withdrawn (W3C Bitstring Status List 1.0)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="status_lists")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.uid)


class StatusEntry(models.Model):
    """The place of one award in a list, drawn at random. An award that was erased leaves its place, as withdrawn."""

    status_list = models.ForeignKey(StatusList, models.CASCADE, related_name="entries")
    index = models.PositiveIntegerField()
    assertion = models.OneToOneField(Assertion, models.SET_NULL, null=True, related_name="status_entry")

    objects = StatusEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["status_list", "index"],
                name="status_entry_place_once",
                violation_error_message=_("This place is taken."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.status_list_id}#{self.index}"
