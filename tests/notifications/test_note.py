"""A mail that has left is noted, whatever the database does in that instant."""

import pytest
from django.db import InterfaceError, OperationalError

from notifications.enums import MessageState
from notifications.models import Message
from notifications.services import sending

pytestmark = pytest.mark.django_db(transaction=True)  # a connection is closed in their midst


class Away:
    """Notes nothing the first times."""

    def __init__(self, times: int, error: type[Exception], write) -> None:
        self.times, self.error, self.write = times, error, write

    def __call__(self, message: Message) -> None:
        self.times -= 1
        if self.times >= 0:
            raise self.error("connection already closed")
        self.write(message)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_comes_back_learns_that_the_mail_has_left(over_smtp, queue, monkeypatch, error):
    monkeypatch.setattr(sending, "NOTE_AGAIN", 0.01)
    monkeypatch.setattr(sending, "_write_sent", Away(3, error, sending._write_sent))
    queue("a")
    queue("b")

    assert sending.send_due() == 2
    assert over_smtp.recipients == ["a@exemple.fr", "b@exemple.fr"]
    assert list(Message.objects.values_list("state", "attempts")) == [(MessageState.SENT, 1)] * 2


def test_a_database_that_stays_away_is_left_when_the_lease_has_ended(over_smtp, queue, monkeypatch, settings):
    settings.OUTBOX_LEASE = 2  # the server has as long for its answer
    monkeypatch.setattr(sending, "NOTE_AGAIN", 0.01)
    away = Away(1_000, OperationalError, sending._write_sent)
    monkeypatch.setattr(sending, "_write_sent", away)
    queue("a")
    queue("b")
    with pytest.raises(OperationalError):
        sending.send_due()

    assert away.times < 999
    assert over_smtp.recipients == ["a@exemple.fr"]
    assert list(Message.objects.values_list("state", "attempts")) == [(MessageState.QUEUED, 0)] * 2
