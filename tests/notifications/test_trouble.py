"""A server in trouble is no fault of a mail, and a mail in trouble is none of the server's: over real SMTP."""

import socket
from datetime import timedelta
from time import monotonic

import pytest
from django.utils import timezone

from notifications import smtp
from notifications.enums import MessageState, Priority
from notifications.models import Message
from notifications.patience import Circuit, Pace
from notifications.services.sending import Postman, send_due

pytestmark = pytest.mark.django_db

UNTOUCHED = (MessageState.QUEUED, 0, None, "")


def state(key: str) -> tuple:
    message = Message.objects.get(key=key)
    return message.state, message.attempts, message.leased_until, message.error


@pytest.fixture
def listener(settings, over_smtp):
    """A port that takes connections and says what the test wants."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_PORT = server.getsockname()[1]
        yield server


def test_a_port_where_nobody_listens_is_no_fault_of_the_mail(over_smtp, queue, settings, monkeypatch):
    settings.EMAIL_PORT = 1
    queue("a")
    postman = Postman()
    monkeypatch.setattr("notifications.patience.monotonic", lambda: 100.0)

    assert postman.deliver() == 0
    assert state("a") == UNTOUCHED
    assert (postman.circuit.failures, postman.held_back) == (1, 1)


def test_a_name_that_does_not_resolve_is_no_fault_of_the_mail(over_smtp, queue, settings):
    settings.EMAIL_HOST = "nowhere.invalid"
    queue("a")
    send_due()

    assert state("a") == UNTOUCHED


def test_a_server_that_never_greets_is_no_fault_of_the_mail(listener, queue, settings):
    settings.EMAIL_TIMEOUT = 0.2
    queue("a")
    send_due()

    assert state("a") == UNTOUCHED


def test_a_server_without_tls_is_no_fault_of_the_mail(over_smtp, queue, settings):
    settings.EMAIL_USE_TLS = True
    queue("a")
    send_due()

    assert state("a") == UNTOUCHED
    assert over_smtp.mails == []


def test_a_refused_password_is_no_fault_of_the_mail(over_smtp, queue, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "nom", "faux"
    queue("a")
    send_due()

    assert state("a") == UNTOUCHED


@pytest.mark.parametrize(
    "greeting, sender",
    [
        ("554 go away", None),
        (None, "421 shutting down"),
        (None, "450 slow down"),
        (None, "550 sender not allowed"),
    ],
)
def test_what_is_refused_before_the_mail_begins_is_no_fault_of_the_mail(over_smtp, queue, greeting, sender):
    over_smtp.greeting, over_smtp.sender = greeting, sender
    queue("a")
    queue("b")
    postman = Postman()

    assert postman.deliver() == (1 if sender else 0)
    assert state("a") == state("b") == UNTOUCHED
    assert postman.circuit.failures == 1
    over_smtp.greeting = over_smtp.sender = None
    postman.circuit.until = 0.0
    assert postman.deliver() == 2
    assert state("a")[0] == state("b")[0] == MessageState.SENT
    assert postman.circuit.failures == 0


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_421_is_never_counted_and_lets_the_others_pass(over_smtp, queue, stage):
    if stage == "RCPT":
        over_smtp.answers["a@exemple.fr"] = "421 4.7.0 too many connections"
    else:
        over_smtp.after_data = "421 4.7.0 try again later"
    queue("a")
    queue("b")
    postman = Postman()
    postman.deliver()
    assert state("a") == UNTOUCHED
    over_smtp.after_data = ""
    postman.circuit.until = 0.0
    postman.deliver()

    assert "b@exemple.fr" in over_smtp.recipients


def test_a_limit_per_connection_costs_a_new_connection_and_no_wait(over_smtp, queue):
    over_smtp.mails_per_connection = 2
    for key in "abcde":
        queue(key)
    postman = Postman()
    postman.deliver()

    assert sorted(over_smtp.recipients) == [f"{key}@exemple.fr" for key in "abcde"]
    assert over_smtp.connections == 3
    assert set(Message.objects.values_list("state", "attempts")) == {(MessageState.SENT, 1)}
    assert (postman.circuit.failures, postman.circuit.wait) == (0, 0)


def test_a_cut_in_the_text_counts_for_that_mail_alone(over_smtp, queue):
    over_smtp.drop = True
    queue("a")
    queue("b")
    send_due(limit=1)
    over_smtp.drop = False
    send_due()

    assert state("a")[:3] == (MessageState.QUEUED, 1, None)
    assert state("b")[:3] == (MessageState.SENT, 1, None)
    wait = Message.objects.get(key="a").due_at - timezone.now()
    assert timedelta(seconds=55) < wait <= timedelta(seconds=60)


def test_a_server_that_cuts_every_text_is_left_in_peace_before_it_doubles_more_mails(over_smtp, queue):
    over_smtp.drop = True
    for n in range(6):
        queue(f"p{n}")
    postman = Postman()

    assert postman.deliver() == 2
    assert postman.circuit.failures == 1
    postman.circuit.until = 0.0
    assert postman.deliver() == 1
    assert postman.circuit.failures == 2
    over_smtp.drop, postman.circuit.until = False, 0.0
    assert postman.deliver() == 3
    assert postman.circuit.failures == 0
    assert [state(f"p{n}")[:2] for n in range(6)] == [("queued", 1)] * 3 + [("sent", 1)] * 3


@pytest.mark.parametrize(
    "answer, waits",
    [
        ("450 4.2.0 Greylisted, come back in 300 seconds", False),
        ("451 4.7.1 Greylisting in action, rate 1/300", False),
        ("452 4.2.2 Mailbox full", False),
        ("452 4.3.1 Insufficient system storage", True),
        ("451 4.7.1 Hourly quota exceeded", True),
        ("450 4.7.1 Too much mail from 192.0.2.1", True),
    ],
)
def test_a_limit_of_the_server_slows_down_and_a_recipients_does_not(over_smtp, queue, answer, waits):
    over_smtp.answers["a@exemple.fr"] = answer
    queue("a")
    queue("b")
    postman = Postman()
    postman.deliver()

    assert state("a") == (MessageState.QUEUED, 1, None, answer)
    assert state("b")[0] == (MessageState.QUEUED if waits else MessageState.SENT)
    assert postman.circuit.failures == (1 if waits else 0)


def test_a_refused_address_says_why_and_fails_at_once(over_smtp, queue):
    over_smtp.answers["a@exemple.fr"] = "550 5.1.1 no such user"
    queue("a")
    send_due()

    assert state("a") == (MessageState.FAILED, 1, None, "550 5.1.1 no such user")


def test_the_back_off_is_a_setting(over_smtp, queue, settings, time_machine):
    settings.OUTBOX_BACKOFF = [2]
    over_smtp.answers["a@exemple.fr"] = "450 later"
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    queue("a")
    send_due()
    assert Message.objects.get().due_at == start + timedelta(seconds=2)
    time_machine.move_to(start + timedelta(seconds=3), tick=False)
    send_due()

    assert state("a") == (MessageState.FAILED, 2, None, "450 later")


def test_a_conversation_is_cut_before_its_lease_ends(over_smtp, queue, settings, monkeypatch):
    """A server that answers letter by letter: no time-out comes, another worker would take the mail."""
    assert smtp.PATIENCE < 0.9
    monkeypatch.setattr(smtp, "PATIENCE", 0.05)
    settings.OUTBOX_LEASE = 20
    over_smtp.letter_by_letter = True
    queue("a")
    start = monotonic()
    send_due()

    assert 0.9 < monotonic() - start < settings.OUTBOX_LEASE
    assert state("a")[:3] == (MessageState.QUEUED, 1, None)


def test_what_follows_the_text_may_take_longer_than_the_time_out(over_smtp, queue, settings):
    settings.EMAIL_TIMEOUT = 2
    over_smtp.slow = 2.5
    queue("a")
    send_due()

    assert state("a")[:2] == (MessageState.SENT, 1)
    assert over_smtp.recipients == ["a@exemple.fr"]


def test_a_code_passes_before_what_waits_since_long(over_smtp, queue):
    for n in range(3):
        queue(f"p{n}", priority=Priority.BULK)

    def stopping() -> bool:
        if len(over_smtp.mails) == 1:
            queue("code", priority=Priority.CODE)
        return False

    send_due(stopping=stopping)

    assert over_smtp.recipients[:2] == ["p0@exemple.fr", "code@exemple.fr"]


def test_the_wait_doubles_up_to_a_minute_and_ends_with_a_success(time_machine):
    circuit, waits = Circuit(), []
    for _ in range(8):
        circuit.fail()
        waits.append(round(circuit.wait))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    circuit.mend()
    assert circuit.wait == 0


def test_a_pace_is_kept_within_a_tenth(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("notifications.patience.monotonic", lambda: now[0])
    for per_minute in (10, 60, 600):
        pace, sent, end = Pace(per_minute), 0, now[0] + 120
        while now[0] < end:
            if pace.wait == 0:
                pace.spend()
                sent += 1
            else:
                now[0] += max(pace.wait, 0.37)  # a sleep that lasts longer than asked
        assert abs(sent - 2 * per_minute) <= 0.1 * 2 * per_minute


def test_a_pace_spares_the_server_and_gives_the_turn_back(over_smtp, queue, settings, monkeypatch):
    monkeypatch.setattr("notifications.patience.monotonic", lambda: 100.0)
    settings.MAIL_PER_MINUTE = 20
    for key in "abc":
        queue(key)
    postman = Postman()

    assert postman.deliver() == 1
    assert postman.held_back == 3
    assert len(over_smtp.mails) == 1


def test_nothing_that_is_due_holds_nobody_back(over_smtp, queue, settings):
    settings.MAIL_PER_MINUTE = 20
    queue("a")
    postman = Postman()
    postman.deliver()

    assert postman.held_back == 0
