"""People are told, once; the mail « at once » is a row of the outbox in the same transaction."""

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from notifications.enums import MessageState, Pace, Priority
from notifications.models import Message, Notification, Preference
from notifications.services.notify import notify, notify_many
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T11:00:00Z"


def mails() -> list[tuple]:
    return list(Message.objects.order_by("pk").values_list("kind", "address", "priority", "state"))


def test_a_notification_holds_what_it_is_about_and_waits_for_the_next_morning(news, alice, bob, time_machine):
    time_machine.move_to(NOON, tick=False)
    row = notify(kind="news", person=alice, subject="7", actor=bob)

    assert (row.person, row.kind, row.subject, row.actor) == (alice, "news", "7", bob)
    assert row.read_at is None
    assert row.digest_at.isoformat() == "2026-11-25T07:00:00+00:00"
    assert mails() == []


def test_told_twice_is_told_once(at_once, alice, bob):
    first = notify(kind="urgent", person=alice, subject="7", actor=bob)

    assert notify(kind="urgent", person=alice, subject="7", actor=bob) == first
    assert notify(kind="urgent", person=alice, subject="7") != first
    assert notify(kind="urgent", person=alice, subject="8", key="one") == notify(
        kind="urgent", person=alice, subject="9", key="one"
    )
    assert Notification.objects.count() == Message.objects.count() == 3


def test_at_once_queues_a_mail_to_the_primary_address(at_once, alice):
    EmailAddress.objects.create(user=alice, email="autre@exemple.fr", verified=True)
    row = notify(kind="urgent", person=alice, subject="7")

    assert row.digest_at is None
    assert mails() == [("notification", "alice@exemple.fr", Priority.ORDINARY, MessageState.QUEUED)]


def test_what_is_undone_sends_nothing(at_once, alice):
    with transaction.atomic():
        notify(kind="urgent", person=alice, subject="7")
        transaction.set_rollback(True)

    assert (Notification.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize("flaw", ["unproved", "inactive", "not primary"])
def test_who_has_no_proved_address_gets_no_mail_but_is_told(at_once, alice, bob, flaw):
    if flaw == "inactive":
        alice.is_active = False
        alice.save()
    else:
        field = {"unproved": "verified", "not primary": "primary"}[flaw]
        EmailAddress.objects.filter(user=alice).update(**{field: False})
    for person in (alice, bob):
        notify(kind="urgent", person=person, subject="7")

    assert [address for _kind, address, *_rest in mails()] == ["bob@exemple.fr"]
    assert Notification.objects.count() == 2


@pytest.mark.parametrize("default", Pace)
@pytest.mark.parametrize("chosen", [None, *Pace])
def test_the_pace_is_the_persons_or_else_the_kinds(register_news, alice, time_machine, default, chosen):
    time_machine.move_to(NOON, tick=False)
    register_news("any", default)
    if chosen:
        Preference.objects.create(person=alice, kind="any", pace=chosen)
    row = notify(kind="any", person=alice, subject="7")

    days = {Pace.DAILY: "2026-11-25", Pace.WEEKLY: "2026-11-30"}
    pace = chosen or default
    assert (row.digest_at and row.digest_at.date().isoformat()) == days.get(pace)
    assert Message.objects.count() == (pace == Pace.AT_ONCE)


def test_anothers_choice_or_one_for_another_kind_says_nothing(at_once, news, alice, bob):
    Preference.objects.create(person=bob, kind="urgent", pace=Pace.NEVER)
    Preference.objects.create(person=alice, kind="news", pace=Pace.NEVER)
    notify(kind="urgent", person=alice, subject="7")

    assert Message.objects.count() == 1


@pytest.mark.parametrize("number", [1, 40])
def test_many_cost_the_same_as_one(at_once, django_assert_num_queries, number):
    people = UserFactory.create_batch(number)
    # Savepoint, what is known, what was chosen, rows, addresses, rows again for their keys, mails, end.
    with django_assert_num_queries(8):
        notify_many(kind="urgent", about=[(person.pk, "7") for person in people])

    assert Notification.objects.count() == Message.objects.count() == number


def test_of_many_those_who_know_are_not_told_again(at_once, alice, bob):
    notify_many(kind="urgent", about=[(alice.pk, "7")])
    notify_many(kind="urgent", about=[(alice.pk, "7"), (bob.pk, "7"), (bob.pk, "7")])
    notify_many(kind="urgent", about=[])

    assert sorted(Notification.objects.values_list("person", flat=True)) == sorted([alice.pk, bob.pk])
    assert Message.objects.count() == 2


def test_a_kind_that_nobody_registered_is_refused(alice):
    with pytest.raises(ValueError, match="unheard"):
        notify(kind="unheard", person=alice, subject="7")
