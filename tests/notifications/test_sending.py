from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from notifications.enums import MessageState, Priority
from notifications.models import Message
from notifications.services.sending import _lease, send_due

pytestmark = pytest.mark.django_db


def state(key: str) -> tuple:
    message = Message.objects.get(key=key)
    return message.state, message.attempts, message.leased_until


def test_a_mail_leaves_over_smtp_with_its_headers(over_smtp, queue):
    message = queue("a", context={"subject": "Votre badge « Été »"})

    assert send_due() == 1
    (mail,) = over_smtp.mails
    assert over_smtp.recipients == ["a@exemple.fr"]
    assert {name: mail[name] for name in ("To", "From", "Subject", "Message-ID", "Auto-Submitted")} == {
        "To": "a@exemple.fr",
        "From": "badges@exemple.fr",
        "Subject": "Votre badge « Été »",
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
    }
    assert mail.get_body(("plain",)).get_content().strip() == "Voici."
    assert mail.get_body(("html",)).get_content().strip() == "<p>Voici.</p>"
    assert state("a") == (MessageState.SENT, 1, None)
    assert Message.objects.get().sent_at is not None
    assert send_due() == 0


def test_many_mails_leave_over_one_connection(over_smtp, queue):
    for n in range(5):
        queue(f"p{n}")
    send_due()

    assert (len(over_smtp.mails), over_smtp.connections) == (5, 1)


def test_codes_leave_first_then_the_oldest(over_smtp, queue):
    now = timezone.now()
    for key, priority, age in [
        ("bulk", Priority.BULK, 9),
        ("late", Priority.ORDINARY, 1),
        ("old", Priority.ORDINARY, 5),
        ("code", Priority.CODE, 0),
    ]:
        message = queue(key, priority=priority)
        Message.objects.filter(pk=message.pk).update(due_at=now - timedelta(minutes=age))
    send_due()

    assert over_smtp.recipients == [f"{key}@exemple.fr" for key in ("code", "old", "late", "bulk")]


def test_a_refusal_for_good_fails_at_once_and_the_others_leave(over_smtp, queue):
    over_smtp.answers["a@exemple.fr"] = "550 no such user"
    queue("a", context={"secret": "123"})
    queue("b")
    send_due()

    assert state("a") == (MessageState.FAILED, 1, None)
    assert state("b") == (MessageState.SENT, 1, None)
    failed = Message.objects.get(key="a")
    assert "no such user" in failed.error
    assert failed.context == {}
    assert over_smtp.recipients == ["b@exemple.fr"]


@pytest.mark.parametrize("answer, final", [("554 refused content", True), ("452 mailbox full", False)])
def test_an_answer_after_the_text_counts_as_well(over_smtp, queue, answer, final):
    over_smtp.after_data = answer
    queue("a")
    send_due()

    assert state("a") == (MessageState.FAILED if final else MessageState.QUEUED, 1, None)


def test_a_greylisted_mail_is_tried_again_with_the_same_message_id(over_smtp, queue, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    over_smtp.answers["a@exemple.fr"] = "450 come back later"
    message = queue("a", context={"secret": "123"})
    send_due()

    assert state("a") == (MessageState.QUEUED, 1, None)
    assert Message.objects.get().due_at == start + timedelta(minutes=1)
    assert Message.objects.get().context == {"secret": "123"}
    assert send_due() == 0
    over_smtp.answers.clear()
    time_machine.move_to(start + timedelta(seconds=61), tick=False)
    send_due()

    assert state("a") == (MessageState.SENT, 2, None)
    assert over_smtp.ids == [message.message_id]
    assert Message.objects.get().context == {}
    assert Message.objects.get().error == ""


def test_attempts_are_spaced_and_end_after_five_days(over_smtp, queue, time_machine):
    over_smtp.answers["a@exemple.fr"] = "450 come back later"
    queue("a")
    now, waits = timezone.now(), []
    while True:
        time_machine.move_to(now, tick=False)
        send_due()
        message = Message.objects.get()
        if message.state != MessageState.QUEUED:
            break
        waits.append(message.due_at - now)
        now = message.due_at

    assert [wait.total_seconds() / 60 for wait in waits] == [1, 5, 30, 120, 480, 1440, 1440, 1440]
    assert state("a") == (MessageState.FAILED, 9, None)
    assert sum(waits, timedelta()) < timedelta(days=5)


def test_a_connection_that_drops_loses_nothing(over_smtp, queue):
    over_smtp.drop = True
    queue("a")
    queue("b")
    send_due()
    over_smtp.drop = False
    Message.objects.update(due_at=timezone.now())
    send_due()

    assert sorted(over_smtp.recipients) == ["a@exemple.fr", "b@exemple.fr"]
    assert state("a") == state("b") == (MessageState.SENT, 2, None)


def test_a_mail_that_lost_its_object_is_cancelled(over_smtp, queue):
    queue("a", context={"lost": True, "secret": "123"})
    send_due()

    assert state("a")[0] == MessageState.CANCELLED
    assert Message.objects.get().context == {"lost": True}
    assert over_smtp.mails == []


def test_a_renderer_that_breaks_stops_no_other_mail(over_smtp, queue, monkeypatch, kind):
    queue("a")
    Message.objects.filter(key="a").update(kind="forgotten")
    queue("b")
    send_due()

    assert state("a")[0] == MessageState.QUEUED
    assert state("b")[0] == MessageState.SENT


def test_a_leased_mail_is_left_to_its_worker_until_the_lease_ends(over_smtp, queue, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    queue("a")
    assert _lease().key == "a"

    assert send_due() == 0
    time_machine.move_to(start + timedelta(seconds=61), tick=False)
    assert send_due() == 1
    assert len(over_smtp.mails) == 1


def test_stopping_leaves_the_others_in_the_outbox(over_smtp, queue):
    for key in "abc":
        queue(key)
    send_due(stopping=lambda: len(over_smtp.mails) == 1)

    assert len(over_smtp.mails) == 1
    waiting = Message.objects.filter(state=MessageState.QUEUED)
    assert list(waiting.values_list("leased_until", flat=True)) == [None, None]


@pytest.mark.parametrize(
    "subject",
    [
        "Votre badge « Participation au congrès national de la culture scientifique 2026 » vous attend",
        "é" * 100,
        "Your badge of participation in the national congress of scientific culture 2026 awaits you here",
        "日本語の件名" * 12,
    ],
)
def test_a_long_subject_begins_on_its_line_and_arrives_whole(settings, queue, subject):
    settings.EMAIL_BACKEND = "notifications.backends.EmlBackend"
    queue("a", context={"subject": subject})
    send_due()

    raw = next(settings.MAIL_DIR.iterdir()).read_bytes()
    assert b"\r\nSubject: \r\n" not in raw
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == subject


@pytest.mark.parametrize(
    "injected", ["Sujet\nBcc: evil@exemple.fr", "Été\nBcc: evil@exemple.fr", "Sujet\r\n\r\n<b>corps</b>"]
)
def test_a_subject_with_a_line_break_sends_nothing(over_smtp, queue, injected):
    queue("a", context={"subject": injected})
    send_due()

    assert over_smtp.mails == []
    assert "Header values can't contain newlines" in Message.objects.get().error


@pytest.mark.parametrize(
    "address",
    [
        "a@exemple.fr\nBcc: evil@exemple.fr",
        "a@exemple.fr, evil@exemple.fr",
        "a@exemple.fr>\r\nRCPT TO:<evil@exemple.fr",
    ],
)
def test_an_address_with_more_in_it_reaches_nobody_else(over_smtp, queue, address):
    queue("a", address=address)
    send_due()

    assert "evil@exemple.fr" not in over_smtp.recipients
    assert over_smtp.mails == []


def test_without_a_server_mails_are_files(settings, queue):
    settings.EMAIL_BACKEND = "notifications.backends.EmlBackend"
    message = queue("a", context={"subject": "Été"})
    send_due()

    (file,) = settings.MAIL_DIR.iterdir()
    raw = file.read_bytes()
    assert file.suffix == ".eml"
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10
    mail = message_from_bytes(raw, policy=policy.default)
    assert (mail["Subject"], mail["To"], mail["Message-ID"]) == ("Été", "a@exemple.fr", message.message_id)
