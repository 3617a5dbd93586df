"""Reminders: to whom, how often, and what is left behind; two organisers at once remind once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from badges.enums import EventKind, LineOutcome
from badges.lists import Line
from badges.models import Assertion, AwardEvent, BatchLine, OptOut
from badges.services.accept import accept
from badges.services.decline import decline
from badges.services.issue import issue
from badges.services.remind import remind
from badges.services.revoke import revoke
from notifications.enums import Delivery, MessageState
from notifications.models import Message
from notifications.registry import renderers
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reminders(monkeypatch):
    monkeypatch.setitem(renderers, "reminder", lambda message: None)


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti)


def sent(badge, number: int = 1) -> list[Assertion]:
    """Awards whose invitations left."""
    people = [Line(n, f"invitee{n}@exemple.fr", f"Invité {n}") for n in range(1, number + 1)]
    issue(badge_class=badge, lines=people, source="liste.csv")
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    return list(Assertion.objects.filter(badge_class=badge).order_by("pk"))


def one(badge) -> Assertion:
    return sent(badge)[0]


def test_a_reminder_is_one_mail_that_the_line_carries(badge, olga):
    award = one(badge)

    assert remind(assertions=Assertion.objects.all(), by=olga) == 1
    award.refresh_from_db()
    mail = Message.objects.get(kind="reminder")
    assert mail.key == f"reminder:{award.uid}:1:1"
    assert mail.address == "invitee1@exemple.fr"
    assert mail.context == {"assertion": str(award.uid), "generation": 1}
    assert BatchLine.objects.get().message == mail
    assert (award.reminders, award.generation) == (1, 1)
    assert AwardEvent.objects.values_list("assertion", "kind", "by", "before", "after").get() == (
        award.pk,
        EventKind.REMINDED,
        olga.pk,
        "",
        "",
    )


def test_nobody_is_reminded_twice_within_seven_days(badge, olga):
    award = one(badge)
    remind(assertions=Assertion.objects.all(), by=olga)
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    Assertion.objects.update(reminded_at=timezone.now() - timedelta(days=6, hours=23))
    assert remind(assertions=Assertion.objects.all(), by=olga) == 0
    Assertion.objects.update(reminded_at=timezone.now() - timedelta(days=7, seconds=1))

    assert remind(assertions=Assertion.objects.all(), by=olga) == 1
    award.refresh_from_db()
    assert award.reminders == 2
    assert set(Message.objects.filter(kind="reminder").values_list("key", flat=True)) == {
        f"reminder:{award.uid}:1:1",
        f"reminder:{award.uid}:1:2",
    }


def test_an_expired_link_is_replaced(badge):
    award = one(badge)
    Assertion.objects.update(
        claim_until=timezone.now() - timedelta(days=1), opened_at=timezone.now() - timedelta(days=9)
    )

    assert remind(assertions=Assertion.objects.all(), by=None) == 1
    award.refresh_from_db()
    assert (award.generation, award.opened_at) == (2, None)
    assert award.claim_until > timezone.now() + timedelta(days=89)
    assert Message.objects.get(kind="reminder").context["generation"] == 2


def opted_out(award):
    OptOut.objects.create(issuer=award.badge_class.issuer, folded_address=award.folded_address)


def mail_is(**fields):
    return lambda award: Message.objects.filter(batchline__assertion=award).update(**fields)


def award_is(**fields):
    return lambda award: Assertion.objects.filter(pk=award.pk).update(**fields)


OBSTACLES = {
    "revoked": lambda award: revoke(assertion=award, reason="mistake"),
    "accepted": lambda award: accept(assertion=award, holder=UserFactory()),
    "declined": lambda award: decline(assertion=award),
    "expired": award_is(expires_at=timezone.now() - timedelta(seconds=1)),
    "unsubscribed": opted_out,
    "recent": award_is(reminded_at=timezone.now()),
}
MAILS = [
    ("not-sent", {"state": MessageState.QUEUED, "sent_at": None}),
    ("not-sent", {"state": MessageState.HELD, "sent_at": None}),
    ("undelivered", {"state": MessageState.FAILED, "sent_at": None}),
    ("undelivered", {"state": MessageState.CANCELLED, "sent_at": None}),
    ("undelivered", {"delivery": Delivery.BOUNCED}),
]


@pytest.mark.parametrize(
    "reason, hinder",
    [*OBSTACLES.items(), *((reason, mail_is(**fields)) for reason, fields in MAILS)],
)
def test_who_is_not_reminded_and_why(badge, reason, hinder):
    hindered, _other = sent(badge, 2)
    hinder(hindered)

    assert Assertion.objects.reminder_obstacles(timezone.now()) == {reason: 1, "": 1}
    assert remind(assertions=Assertion.objects.all(), by=None) == 1
    assert Message.objects.get(kind="reminder").address == "invitee2@exemple.fr"


def test_an_award_whose_mail_is_forgotten_can_be_reminded_and_one_that_never_had_any_cannot(badge):
    award = one(badge)
    Message.objects.all().delete()
    AssertionFactory(badge_class=badge)

    assert remind(assertions=Assertion.objects.all(), by=None) == 1
    assert BatchLine.objects.get(assertion=award).message.kind == "reminder"


def test_another_issuers_opt_out_does_not_count(badge):
    award = one(badge)
    OptOut.objects.create(issuer=BadgeClassFactory().issuer, folded_address=award.folded_address)

    assert remind(assertions=Assertion.objects.all(), by=None) == 1


def test_only_those_asked_for_are_reminded_and_the_second_list_carries_nothing(badge):
    first, second = sent(badge, 2)
    issue(badge_class=badge, lines=[Line(1, first.recipient_address, "")], source="encore.csv")
    assert BatchLine.objects.filter(assertion=first, outcome=LineOutcome.ALREADY).count() == 1

    assert remind(assertions=Assertion.objects.filter(pk=first.pk), by=None) == 1
    assert list(BatchLine.objects.filter(message__kind="reminder").values_list("assertion", "outcome")) == [
        (first.pk, LineOutcome.CREATED)
    ]
    second.refresh_from_db()
    assert second.reminders == 0


def test_many_are_reminded_in_chunks(badge, monkeypatch):
    monkeypatch.setattr("badges.services.chunking.CHUNK", 2)
    sent(badge, 5)
    seen = []

    done = remind(assertions=Assertion.objects.all(), by=None, progress=lambda *n: seen.append(n))

    assert (done, seen) == (5, [(2, 5), (4, 5), (5, 5)])
    assert Message.objects.filter(kind="reminder").count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_organisers_at_once_remind_once(badge, on_postgresql):
    if not on_postgresql:
        pytest.skip("SQLite's transactions come one after the other")
    sent(badge, 30)

    def go(_number):
        try:
            return remind(assertions=Assertion.objects.all(), by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(go, range(4))) == 30
    assert Message.objects.filter(kind="reminder").count() == 30
    assert set(Assertion.objects.values_list("reminders", flat=True)) == {1}
