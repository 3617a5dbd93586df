from notifications.models.message import Message
from notifications.models.notification import Notification

__all__ = ["Message", "Notification"]
