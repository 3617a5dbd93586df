from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.enums import Visibility

__all__ = ["AssertionState", "LineOutcome", "MemberRole", "RevocationReason", "Visibility"]


class AssertionState(TextChoices):
    PENDING = "pending", _("Pending")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class RevocationReason(TextChoices):
    """A fixed list: a revoked page tells the public no free text about a person."""

    WRONG_PERSON = "wrong-person", _("badge awarded to the wrong person")
    MISTAKE = "mistake", _("badge awarded by mistake")
    CRITERIA = "criteria", _("criteria not met")
    REQUEST = "request", _("at the recipient’s request")
    OTHER = "other", _("other reason")


class MemberRole(TextChoices):
    ORGANISER = "organiser", _("Organiser")


class LineOutcome(TextChoices):
    CREATED = "created", _("Sent")
    ALREADY = "already", _("Already has it")
    DUPLICATE = "duplicate", _("Duplicate in the list")
    INVALID = "invalid", _("Refused")
