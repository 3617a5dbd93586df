from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    QUEUED = "queued", _("Queued")
    HELD = "held", _("Held")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


# What has not left: it waits for a worker, or is held back.
WAITING = (MessageState.QUEUED, MessageState.HELD)


class Delivery(TextChoices):
    """What the recipient's server has said since; nothing, most of the time."""

    UNKNOWN = "", _("Delivery not tracked")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Rejected by the server")


class Priority(IntegerChoices):
    """Sign-in codes go before badge mail: somebody is waiting in front of a form."""

    CODE = 0, _("Sign-in code")
    ORDINARY = 10, _("Ordinary")
    BULK = 20, _("Bulk")


class Pace(TextChoices):
    """How soon a kind of notification comes by mail; the bell always tells."""

    AT_ONCE = "at-once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")
