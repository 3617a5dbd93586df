from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.enums import Visibility

__all__ = [
    "AssertionState",
    "BatchState",
    "EventKind",
    "KeyKind",
    "LineOutcome",
    "MemberRole",
    "Origin",
    "RevocationReason",
    "SharedAddress",
    "Visibility",
]


class AssertionState(TextChoices):
    PENDING = "pending", _("Pending")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class Origin(TextChoices):
    """Where an issuer, and what it issues, comes from."""

    HERE = "here", _("This site")
    ELSEWHERE = "elsewhere", _("Elsewhere, proved by its own site")
    CLAIMED = "claimed", _("Elsewhere, not proved")
    SITE = "site", _("The site itself")


class KeyKind(TextChoices):
    """What a key signs with: Ed25519 the embedded proofs of Open Badges 3.0, RSA the tokens of 2.0 and 3.0."""

    ED25519 = "ed25519", "Ed25519"
    RSA = "rsa", "RSA"


class RevocationReason(TextChoices):
    """A fixed list: a revoked page tells the public no free text about a person."""

    WRONG_PERSON = "wrong-person", _("badge awarded to the wrong person")
    MISTAKE = "mistake", _("badge awarded by mistake")
    CRITERIA = "criteria", _("criteria not met")
    REQUEST = "request", _("at the recipient’s request")
    OTHER = "other", _("other reason")


class MemberRole(TextChoices):
    ORGANISER = "organiser", _("Organiser")


class BatchState(TextChoices):
    """A list is checked by its organiser, then sent in the background; `services/send.py` moves it."""

    DRAFT = "draft", _("To check")
    SENDING = "sending", _("Being sent")
    PAUSED = "paused", _("Paused")
    DONE = "done", _("Sent")
    CANCELLED = "cancelled", _("Stopped")


class SharedAddress(TextChoices):
    """What becomes of the second person of a list with the same address."""

    SKIP = "skip", _("Leave them out")
    EACH = "each", _("One link each, to be forwarded")


class LineOutcome(TextChoices):
    """What a line will do (until its list is sent), or what became of it."""

    READY = "ready", _("Ready")
    SHARED = "shared", _("Same address as another person")
    SUSPECT = "suspect", _("Address to check")
    IGNORED = "ignored", _("Left out")
    CREATED = "created", _("Sent")
    ALREADY = "already", _("Already has it")
    DUPLICATE = "duplicate", _("Duplicate in the list")
    INVALID = "invalid", _("Refused line")
    CANCELLED = "cancelled", _("Stopped before it left")


class EventKind(TextChoices):
    """What organisers did to an award, its recipient from the link, or a verification, after it was sent."""

    RESENT = "resent", _("Sent again")
    REMINDED = "reminded", _("Reminded")
    READDRESSED = "readdressed", _("Address corrected")
    FORWARDED = "forwarded", _("Forwarded by the person who received it")
    RENAMED = "renamed", _("Name corrected")
    EXPIRY = "expiry", _("Expiry changed")
    EVIDENCE = "evidence", _("Evidence changed")
    REVOKED = "revoked", _("Revoked")
    HIDDEN = "hidden", _("Shown to nobody else any more")
    REISSUED = "reissued", _("Awarded again")
    UNSUBSCRIBED = "unsubscribed", _("Wants no more e-mails")
