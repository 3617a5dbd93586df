"""Digests: what waited for one morning is one mail, neither lost nor doubled."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from notifications import registry
from notifications.enums import Pace, Priority
from notifications.models import Message, Notification
from notifications.services import digest
from notifications.services.notify import notify
from tests.factories import UserFactory

NOON, MORNING = "2026-11-24T11:00:00Z", "2026-11-25T07:00:00Z"
MONDAY = "2026-11-30T07:00:00Z"


def queued() -> list[tuple]:
    rows = Message.objects.order_by("pk").values_list("key", "address", "context", "priority")
    return [
        (key, address, len(context["notifications"]), priority) for key, address, context, priority in rows
    ]


def waiting() -> list[str]:
    due = Notification.objects.exclude(digest_at=None).order_by("pk")
    return [row.digest_at.date().isoformat() for row in due]


@pytest.fixture
def at(time_machine):
    def move(moment: str) -> None:
        time_machine.move_to(moment, tick=False)

    move(NOON)
    return move


@pytest.mark.django_db
class TestOneWorker:
    def test_it_is_a_job_of_the_worker(self):
        assert registry.jobs["digests"] is digest.make_next
        assert registry.jobs["digests"]() == 0

    def test_a_morning_is_one_mail_for_each_person(self, news, register_news, alice, bob, at):
        register_news("other")
        for kind, person, subject in [
            ("news", alice, "1"),
            ("other", alice, "2"),
            ("news", bob, "3"),
        ]:
            notify(kind=kind, person=person, subject=subject)
        at("2026-11-25T06:59:59Z")
        assert digest.make_next() == 0
        at(MORNING)

        assert digest.make_next() == 3
        assert queued() == [
            (f"digest:{alice.pk}:2026-11-25", "alice@exemple.fr", 2, Priority.BULK),
            (f"digest:{bob.pk}:2026-11-25", "bob@exemple.fr", 1, Priority.BULK),
        ]
        assert waiting() == []
        assert digest.make_next() == 0

    def test_on_monday_the_day_and_the_week_are_one_mail(self, news, register_news, alice, at):
        register_news("slow", Pace.WEEKLY)
        notify(kind="slow", person=alice, subject="1")
        at("2026-11-29T12:00:00Z")
        notify(kind="news", person=alice, subject="2")
        at(MONDAY)
        digest.make_next()

        assert queued() == [(f"digest:{alice.pk}:2026-11-30", "alice@exemple.fr", 2, Priority.BULK)]

    def test_what_waits_for_monday_does_not_leave_before(self, register_news, alice, at):
        register_news("slow", Pace.WEEKLY)
        notify(kind="slow", person=alice, subject="1")
        at("2026-11-29T23:00:00Z")

        assert digest.make_next() == 0
        assert waiting() == ["2026-11-30"]

    def test_after_days_without_a_worker_there_is_one_mail(self, news, alice, at):
        notify(kind="news", person=alice, subject="1")
        at("2026-11-25T12:00:00Z")
        notify(kind="news", person=alice, subject="2")
        at("2026-11-27T15:00:00Z")
        digest.make_next()

        assert queued() == [(f"digest:{alice.pk}:2026-11-26", "alice@exemple.fr", 2, Priority.BULK)]

    def test_what_comes_while_it_is_being_made_waits_for_the_next_morning(self, news, alice, at):
        notify(kind="news", person=alice, subject="1")
        late = notify(kind="news", person=alice, subject="2")
        Notification.objects.filter(pk=late.pk).update(digest_at=None)  # not committed yet
        at(MORNING)
        digest.make_next()
        Notification.objects.filter(pk=late.pk).update(digest_at=MORNING)

        assert digest.make_next() == 1
        assert waiting() == ["2026-11-26"]
        at("2026-11-26T07:00:00Z")
        digest.make_next()
        assert [(key[-5:], count) for key, _address, count, _priority in queued()] == [
            ("11-25", 1),
            ("11-26", 1),
        ]

    def test_a_worker_that_dies_in_the_midst_leaves_all_as_it_was(self, news, alice, at, monkeypatch):
        notify(kind="news", person=alice, subject="1")
        at(MORNING)

        def dies(heaps):
            real(heaps)
            raise MemoryError

        real = digest._queue
        monkeypatch.setattr(digest, "_queue", dies)
        with pytest.raises(MemoryError):
            digest.make_next()
        assert (queued(), waiting()) == ([], ["2026-11-25"])
        monkeypatch.setattr(digest, "_queue", real)

        assert digest.make_next() == 1
        assert len(queued()) == 1

    @pytest.mark.parametrize("flaw", ["unproved", "inactive"])
    def test_who_cannot_be_written_to_gets_none_and_holds_nobody_up(self, news, alice, bob, at, flaw):
        for person in (alice, bob):
            notify(kind="news", person=person, subject="1")
        if flaw == "inactive":
            alice.is_active = False
            alice.save()
        else:
            EmailAddress.objects.filter(user=alice).update(verified=False)
        at(MORNING)

        assert digest.make_next() == 2
        assert [address for _key, address, *_rest in queued()] == ["bob@exemple.fr"]
        assert (waiting(), digest.make_next()) == ([], 0)

    def test_a_step_is_bounded_and_never_cuts_a_person_in_two(self, news, at, monkeypatch):
        monkeypatch.setattr(digest, "STEP", 2)
        monkeypatch.setattr(digest, "MOST", 3)
        people = UserFactory.create_batch(3)
        for person in people:
            for subject in range(4):
                notify(kind="news", person=person, subject=subject)
        at(MORNING)
        steps = []
        while done := digest.make_next():
            steps.append(done)

        assert steps == [4, 4, 4]
        assert [count for _key, _address, count, _priority in queued()] == [3, 3, 3]
        newest = Notification.objects.filter(person=people[0]).order_by("-pk").values_list("pk", flat=True)
        assert sorted(Message.objects.first().context["notifications"]) == sorted(newest[:3])

    @pytest.mark.parametrize("number", [1, 30])
    def test_a_step_costs_the_same_for_one_and_for_many(self, news, at, number, django_assert_num_queries):
        for person in UserFactory.create_batch(number):
            notify(kind="news", person=person, subject="1")
        at(MORNING)
        # Savepoint, who is due, their rows, mails that exist, addresses, mails, rows taken up, end.
        with django_assert_num_queries(8):
            assert digest.make_next() == number
        with django_assert_num_queries(3):
            digest.make_next()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_mail_for_each(news, on_postgresql, at):
    if not on_postgresql:
        pytest.skip("SQLite in memory has one connection, and one writer at a time")
    for person in UserFactory.create_batch(20):
        for subject in range(3):
            notify(kind="news", person=person, subject=subject)
    at(MORNING)
    barrier, done, errors = threading.Barrier(3), [], []

    def worker():
        try:
            barrier.wait()
            while taken := digest.make_next():
                done.append(taken)
        except Exception as error:  # reported by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert sum(done) == 60
    assert [count for _key, _address, count, _priority in queued()] == [3] * 20
    assert waiting() == []
