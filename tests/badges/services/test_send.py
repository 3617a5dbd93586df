"""A list on its way: confirmed once, paused, resumed, stopped; what was told is never taken back."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from badges.enums import BatchState, LineOutcome, SharedAddress
from badges.exceptions import NotPossible
from badges.models import Assertion, BadgeClass, Batch
from badges.services import change, draft, send
from badges.services.accept import accept
from badges.services.resend import resend
from notifications.enums import MessageState
from notifications.models import Message
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti)


def drafted(badge, *rows: str, by=None) -> Batch:
    raw = "\n".join(["e-mail,nom", *rows]).encode()
    return draft.draft(badge_class=badge, raw=raw, source="liste.csv", by=by)


def outcomes(batch: Batch) -> list[str]:
    return list(batch.lines.order_by("number").values_list("outcome", flat=True))


def test_a_draft_judges_every_line_and_awards_nothing(badge, olga):
    batch = drafted(
        badge,
        "a@exemple.fr,Alice",
        "A@exemple.fr,ALICE",
        "a@exemple.fr,Bob",
        "x@gmial.com,X",
        "rien,R",
        by=olga,
    )

    assert outcomes(batch) == ["ready", "duplicate", "shared", "suspect", "invalid"]
    assert batch.lines.get(outcome="suspect").proposal == "x@gmail.com"
    assert (batch.state, batch.created_by, bool(batch.raw)) == (BatchState.DRAFT, olga, True)
    assert not Assertion.objects.exists()
    assert not Message.objects.exists()


def test_corrections_are_judged_with_the_others(badge):
    batch = drafted(
        badge, "a@exemple.fr,Alice", "rien,R", "x@gmial.com,X", "y@gmial.com,Y", "a@exemple.fr,Bob"
    )
    draft.correct(
        batch=batch, values={3: "A@exemple.fr", 4: "x@gmail.com"}, kept=[5], shared=SharedAddress.EACH
    )

    assert outcomes(batch) == ["ready", "ready", "ready", "ready", "ready"]
    draft.correct(batch=batch, shared=SharedAddress.SKIP)
    assert outcomes(batch) == ["ready", "shared", "ready", "ready", "shared"]


def test_a_confirmed_list_is_awarded_once(badge):
    batch = drafted(badge, "a@exemple.fr,Alice", "a@exemple.fr,Bob", "rien,R")
    send.confirm(batch=batch)
    with pytest.raises(NotPossible):
        send.confirm(batch=batch)
    with pytest.raises(NotPossible):
        draft.correct(batch=batch, values={4: "r@exemple.fr"})

    assert send.advance_due() == 1
    assert send.advance_due() == 0
    batch.refresh_from_db()
    assert outcomes(batch) == ["created", "shared", "invalid"]
    assert batch.raw is None
    assert batch.state == BatchState.SENDING  # its mail waits
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    send.advance_due()
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE


def test_people_with_one_address_get_a_link_each_when_the_organiser_says_so(badge):
    rows = ["a@exemple.fr,Alice Martin", "a@exemple.fr,Bob Leroy"]
    for expected in (["created", "created"], ["already", "already"]):
        batch = drafted(badge, *rows)
        draft.correct(batch=batch, shared=SharedAddress.EACH)
        send.confirm(batch=batch)
        send.advance_due()
        assert outcomes(batch) == expected
    assert sorted(Assertion.objects.values_list("recipient_name", flat=True)) == ["Alice Martin", "Bob Leroy"]
    assert Message.objects.count() == 2


def test_a_list_waits_for_its_hour(badge):
    batch = drafted(badge, "a@exemple.fr,Alice")
    send.confirm(batch=batch, starts_at=timezone.now() + timedelta(hours=1))
    assert send.advance_due() == 0
    Batch.objects.update(starts_at=timezone.now())
    assert send.advance_due() == 1


def test_pause_holds_the_mails_and_resume_lets_them_go(badge):
    batch = drafted(badge, *[f"p{n}@exemple.fr,P{n}" for n in range(3)])
    send.confirm(batch=batch)
    send.advance_due()
    in_hand = Message.objects.order_by("pk").first()
    Message.objects.filter(pk=in_hand.pk).update(leased_until=timezone.now() + timedelta(seconds=30))

    send.pause(batch=batch)
    assert sorted(Message.objects.values_list("state", flat=True)) == ["held", "held", "queued"]
    assert send.advance_due() == 0
    send.resume(batch=batch)
    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}


def test_stopping_takes_back_what_nobody_was_told(badge):
    batch = drafted(badge, *[f"p{n}@exemple.fr,P{n}" for n in range(4)])
    send.confirm(batch=batch)
    send.advance_due()
    sent, accepted, greylisted, _fresh = Assertion.objects.order_by("pk")
    by_award = {line.assertion_id: line.message for line in batch.lines.select_related("message")}
    Message.objects.filter(pk=by_award[sent.pk].pk).update(state=MessageState.SENT, sent_at=timezone.now())
    accept(assertion=accepted, holder=UserFactory(email=accepted.recipient_address))
    Message.objects.filter(pk=by_award[greylisted.pk].pk).update(attempts=1)

    send.cancel(batch=batch)

    assert set(Assertion.objects.values_list("pk", flat=True)) == {sent.pk, accepted.pk, greylisted.pk}
    assert outcomes(batch) == ["created", "created", "created", "cancelled"]
    assert batch.lines.filter(outcome=LineOutcome.CANCELLED).values_list("message__state", flat=True)[0] == (
        MessageState.CANCELLED
    )
    with pytest.raises(NotPossible):
        send.resume(batch=batch)
    again = drafted(badge, "p3@exemple.fr,P3")
    assert outcomes(again) == ["ready"]


def test_a_date_of_the_list_is_the_date_of_the_award(badge):
    batch = drafted(badge, "a@exemple.fr,Alice")
    batch.lines.update(issued_on=date(2019, 7, 5))
    send.confirm(batch=batch)
    send.advance_due()

    issued_at = Assertion.objects.get().issued_at
    assert timezone.localtime(issued_at).date() == date(2019, 7, 5)


@pytest.mark.django_db(transaction=True)
def test_a_list_does_not_wait_for_an_answer(badge, on_postgresql):
    """An answer holds its award, then moves the badge's figures, which the list holds: neither may wait for both."""
    if not on_postgresql:
        pytest.skip("SQLite's one writer cannot meet another crosswise")
    first, second = (drafted(badge, "a@exemple.fr,Alice") for _ in range(2))
    send.confirm(batch=first)
    send.advance(first)
    send.confirm(batch=second)

    def advance_beside():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            send.advance(second)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor() as beside:
        change.lock(Assertion.objects.get())
        beside.submit(advance_beside).result()
    assert outcomes(second) == ["already"]


def test_a_list_whose_badge_is_withdrawn_is_paused_until_it_is_published_again(badge):
    batch = drafted(badge, "a@exemple.fr,Alice")
    send.confirm(batch=batch)
    published_at = badge.published_at
    BadgeClass.objects.update(published_at=None)

    assert send.advance_due() == 0
    batch.refresh_from_db()
    assert (batch.state, outcomes(batch)) == (BatchState.PAUSED, ["ready"])
    with pytest.raises(NotPossible):
        send.resume(batch=batch)
    BadgeClass.objects.update(published_at=published_at)
    send.resume(batch=batch)
    assert send.advance_due() == 1


def test_a_chunk_that_a_correction_overtakes_waits_for_the_next_turn(badge, monkeypatch):
    """An address was corrected to one of the list between look and writing: nothing is half done."""
    batch = drafted(badge, "a@exemple.fr,Alice", "b@exemple.fr,Bob")
    send.confirm(batch=batch)
    AssertionFactory(badge_class=badge, recipient_address="b@exemple.fr", recipient_name="Bob")
    with monkeypatch.context() as overtaken:
        overtaken.setattr(send, "living", lambda badge_class, addresses: {})
        assert send.advance_due() == 0
    assert (outcomes(batch), Message.objects.count()) == (["ready", "ready"], 0)

    assert send.advance_due() == 2
    assert outcomes(batch) == ["created", "already"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_award_every_line_once(badge, on_postgresql):
    if not on_postgresql:
        pytest.skip("SQLite in memory has one connection")
    lists = [drafted(badge, *[f"p{n}@exemple.fr,P{n}" for n in range(700)]) for _ in range(2)]
    for batch in lists:
        send.confirm(batch=batch)

    def work() -> None:
        try:
            while send.advance_due():
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        for worker in [workers.submit(work) for _ in range(2)]:
            worker.result()
    while send.advance_due():
        pass
    assert (Assertion.objects.count(), Message.objects.count()) == (700, 700)
    assert sorted(outcomes(lists[0]) + outcomes(lists[1])) == ["already"] * 700 + ["created"] * 700


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act, state", [(send.pause, "held"), (send.cancel, None)])
def test_a_list_is_stopped_between_two_chunks(badge, on_postgresql, act, state):
    """Whoever comes first, no line is awarded after the list has stopped, and no mail waits."""
    if not on_postgresql:
        pytest.skip("SQLite in memory has one connection")
    batch = drafted(badge, *[f"p{n}@exemple.fr,P{n}" for n in range(1200)])
    send.confirm(batch=batch)

    def work() -> None:
        try:
            while send.advance_due():
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor() as workers:
        worker = workers.submit(work)
        while not batch.lines.filter(outcome="created").exists():
            pass
        act(batch=batch)
        worker.result()
    assert not Message.objects.filter(state=MessageState.QUEUED).exists()
    assert send.advance_due() == 0
    created = batch.lines.filter(outcome="created").count()
    assert Assertion.objects.count() == created
    assert Message.objects.filter(state=MessageState.HELD).count() == (created if state else 0)
    assert state or created == 0


@pytest.mark.django_db(transaction=True)
def test_stopping_waits_for_who_sends_a_mail_again(badge, olga, on_postgresql):
    """Both hold what the other wants unless they take it in one order; what was sent again keeps its badge."""
    if not on_postgresql:
        pytest.skip("SQLite in memory has one connection")
    batch = drafted(badge, "a@exemple.fr,Alice", "b@exemple.fr,Bob")
    send.confirm(batch=batch)
    send.advance(batch)
    again = Assertion.objects.get(recipient_name="Alice")

    def stop_beside() -> None:
        try:
            send.cancel(batch=batch)
        finally:
            connection.close()

    with ThreadPoolExecutor() as beside:
        with transaction.atomic():
            change.lock(again)
            stopped = beside.submit(stop_beside)
            time.sleep(0.5)
            resend(assertion=again, by=olga)
        stopped.result()
    assert Assertion.objects.get() == again
    assert outcomes(batch) == ["created", "cancelled"]
