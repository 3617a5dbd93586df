import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from notifications import registry
from notifications.enums import MessageState
from notifications.models import Message
from notifications.services import outbox, sending

pytestmark = pytest.mark.django_db


def test_the_same_key_is_one_mail(queue):
    assert queue("a") == queue("a")
    assert Message.objects.count() == 1


def test_a_key_is_unique_in_the_database(queue, kind):
    queue("a")
    with pytest.raises(IntegrityError):
        Message.objects.create(key="a", kind=kind, address="x@exemple.fr")


def test_an_unknown_kind_is_refused_at_once():
    with pytest.raises(ValueError, match="No renderer"):
        outbox.queue(key="a", kind="unknown", address="x@exemple.fr")


def test_a_kind_has_one_renderer(kind):
    registry.register(kind, registry.renderers[kind], "A kind")
    with pytest.raises(ValueError, match="Two renderers"):
        registry.register(kind, lambda message: None, "A kind")


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_queues_nothing(queue):
    def fails():
        with transaction.atomic():
            queue("a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "name, change",
    [
        ("message_state_known", {"state": "lost"}),
        ("message_sent_has_date", {"state": MessageState.SENT, "sent_at": None}),
    ],
)
def test_each_invariant_is_held_by_the_database(queue, name, change):
    message = queue("a")
    with pytest.raises(IntegrityError, match=name):
        Message.objects.filter(pk=message.pk).update(**change)


def test_the_message_id_is_the_same_for_each_attempt_and_differs_by_key(queue, settings):
    settings.SITE_HOST = "badges.exemple.fr"
    a, b = queue("a"), queue("b")

    assert a.message_id == Message.objects.get(key="a").message_id != b.message_id
    assert a.message_id.endswith("@badges.exemple.fr>")


@pytest.mark.django_db
@pytest.mark.parametrize("away", [InterfaceError, OperationalError])
def test_a_database_that_is_away_is_no_fault_of_the_mail(queue, kind, monkeypatch, away):
    message = queue("a")

    def fails(message):
        raise away("connection already closed")

    monkeypatch.setitem(registry.renderers, kind, fails)
    with pytest.raises(away):
        sending.send_due()

    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("queued", 0, "")
