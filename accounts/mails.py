from notifications.models import Message


def render(message: Message):
    return None
