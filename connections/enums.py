from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FollowState(TextChoices):
    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class Reported(TextChoices):
    """What can be told of."""

    PROFILE = "profile", _("Profile")
    PAGE = "page", _("Page")
    COMMENT = "comment", _("Comment")
    BADGE = "badge", _("Badge")
    RECOGNITION = "recognition", _("Recognition")


class ReportReason(TextChoices):
    SPAM = "spam", _("Advertising or unsolicited messages")
    HURTFUL = "hurtful", _("Hurtful or hateful words")
    FALSE = "false", _("False badge, false identity")
    PRIVACY = "privacy", _("It tells something private")
    OTHER = "other", _("Something else")


class RecognitionState(TextChoices):
    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class RequestState(TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
