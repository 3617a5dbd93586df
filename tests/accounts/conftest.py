import re

import pytest

from notifications.models import Message
from notifications.services.sending import send_due


@pytest.fixture
def code():
    """The last code in the outbox for an address, as its mail would say it."""

    def read(address: str) -> str:
        message = Message.objects.filter(address=address).order_by("-id").first()
        assert message is not None, f"no mail to {address}"
        return message.context["secret"]

    return read


@pytest.fixture
def mails(settings):
    """What has left after the worker ran: (to, subject, text) of each mail, oldest first."""

    def sent() -> list[tuple[str, str]]:
        send_due()
        return list(Message.objects.order_by("id").values_list("address", "context__template"))

    return sent


@pytest.fixture
def error_of():
    """The sentences beside the fields of a page."""

    def read(response) -> list[str]:
        html = response.content.decode()
        return [
            re.sub(r"<[^>]+>", "", text).strip()
            for text in re.findall(r'<p class="field__error">(.*?)</p>', html, re.S)
        ]

    return read
