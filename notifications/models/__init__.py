from notifications.models.message import Message
from notifications.models.notification import Notification
from notifications.models.preference import Preference

__all__ = ["Message", "Notification", "Preference"]
