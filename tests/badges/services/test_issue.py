import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from badges.enums import AssertionState, LineOutcome, Visibility
from badges.exceptions import NotPossible
from badges.lists import Line, open_list
from badges.models import Assertion, Batch, BatchLine
from badges.services.issue import examine, issue
from badges.services.revoke import revoke
from notifications.enums import MessageState, Priority
from notifications.models import Message
from tests.cost import measured
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti)


def lines(*rows: str) -> list[Line]:
    return list(open_list("\n".join(["e-mail,nom", *rows]).encode()).lines)


def test_issue_awards_to_each_line_and_queues_its_mail(badge, olga):
    report = issue(
        badge_class=badge, lines=lines("alice@exemple.fr,Alice Martin"), source="liste.csv", by=olga
    )

    assertion = Assertion.objects.get()
    assert (assertion.recipient_address, assertion.recipient_name) == ("alice@exemple.fr", "Alice Martin")
    assert (assertion.state, assertion.visibility, assertion.holder) == (
        AssertionState.PENDING,
        Visibility.PRIVATE,
        None,
    )
    assert timedelta(days=89) < assertion.claim_until - timezone.now() <= timedelta(days=90)
    message = Message.objects.get()
    assert (message.key, message.kind, message.address) == (
        f"invitation:{assertion.uid}:1",
        "invitation",
        "alice@exemple.fr",
    )
    assert (message.state, message.priority) == (MessageState.QUEUED, Priority.BULK)
    assert Batch.objects.values_list("pk", "created_by", "source").get() == (
        report.batch_id,
        olga.pk,
        "liste.csv",
    )
    assert BatchLine.objects.values_list("number", "outcome", "assertion", "message").get() == (
        2,
        LineOutcome.CREATED,
        assertion.pk,
        message.pk,
    )


def test_every_line_has_its_outcome(badge):
    AssertionFactory(badge_class=badge, recipient_address="deja@exemple.fr")
    report = issue(
        badge_class=badge,
        lines=lines(
            "a@exemple.fr,A",
            " A@Exemple.FR ,A",
            "ａ@exemple.fr,A",
            "\u200ba@exemple.fr\u00a0,A",
            "DEJA@exemple.fr,D",
            "rien,R",
        ),
        source="x",
    )

    assert (report.created, report.duplicates, report.already, len(report.invalid)) == (1, 3, 1, 1)
    assert list(BatchLine.objects.values_list("number", "outcome", "reason")) == [
        (2, "created", ""),
        (3, "duplicate", ""),
        (4, "duplicate", ""),
        (5, "duplicate", ""),
        (6, "already", ""),
        (7, "invalid", "Cette adresse n’est pas valide."),
    ]
    assert Assertion.objects.count() == 2
    assert Message.objects.count() == 1


def test_the_same_list_again_awards_nothing(badge):
    rows = [f"p{n}@exemple.fr,P{n}" for n in range(3)]
    issue(badge_class=badge, lines=lines(*rows), source="x")
    report = issue(badge_class=badge, lines=lines(*rows), source="x")

    assert (report.created, report.already) == (0, 3)
    assert (Assertion.objects.count(), Message.objects.count(), Batch.objects.count()) == (3, 3, 2)


def test_a_revoked_award_can_be_given_again_and_a_declined_one_not(badge):
    revoke(assertion=AssertionFactory(badge_class=badge, recipient_address="r@exemple.fr"), reason="mistake")
    AssertionFactory(badge_class=badge, recipient_address="d@exemple.fr", declined=True)

    report = issue(badge_class=badge, lines=lines("r@exemple.fr,", "d@exemple.fr,"), source="x")

    assert (report.created, report.already) == (1, 1)


def test_another_badge_goes_to_the_same_address(badge):
    issue(badge_class=badge, lines=lines("a@exemple.fr,A"), source="x")
    report = issue(badge_class=BadgeClassFactory(), lines=lines("a@exemple.fr,A"), source="x")

    assert report.created == 1


def test_a_badge_that_expires_says_when(amcsti):
    badge = BadgeClassFactory(issuer=amcsti, valid_days=10)
    issue(badge_class=badge, lines=lines("a@exemple.fr,A"), source="x")

    assertion = Assertion.objects.get()
    assert assertion.expires_at - assertion.issued_at == timedelta(days=10)


@pytest.mark.parametrize("published_at", [None, timezone.now() + timedelta(days=1)])
def test_a_badge_that_is_not_published_is_not_awarded(amcsti, published_at):
    badge = BadgeClassFactory(
        issuer=amcsti,
        published_at=published_at,
        public_activity_at=timezone.now(),
        member_activity_at=timezone.now(),
    )

    for act in (
        lambda: issue(badge_class=badge, lines=lines("a@x.fr,A"), source="x"),
        lambda: examine(badge_class=badge, lines=[]),
    ):
        with pytest.raises(NotPossible, match="n’est pas publié"):
            act()
    assert not Batch.objects.exists()


def test_a_list_that_breaks_half_way_leaves_nothing(badge):
    def broken():
        for n in range(1_200):
            yield Line(n + 1, f"p{n}@exemple.fr", "")
        raise NotPossible("broken")

    with pytest.raises(NotPossible):
        issue(badge_class=badge, lines=broken(), source="x")

    assert not Assertion.objects.exists()
    assert not Message.objects.exists()
    assert not Batch.objects.exists()


def test_examine_announces_what_issue_does_and_writes_nothing(badge, read_only):
    AssertionFactory(badge_class=badge, recipient_address="deja@exemple.fr")
    rows = lines(
        "a@exemple.fr,A",
        "A@exemple.fr,A",
        "deja@exemple.fr,D",
        "rien,R",
        *[f"p{n}@exemple.fr,P" for n in range(20)],
    )
    with read_only():
        announced = examine(badge_class=badge, lines=rows)
    done = issue(badge_class=badge, lines=rows, source="x")

    done.batch_id = 0
    assert announced == done
    assert (announced.created, announced.already, announced.duplicates, len(announced.invalid)) == (
        21,
        1,
        1,
        1,
    )


def test_the_number_of_queries_grows_by_chunk_not_by_line(badge, django_assert_max_num_queries):
    rows = [Line(n + 1, f"p{n}@exemple.fr", f"P{n}") for n in range(500)]
    with django_assert_max_num_queries(60):
        issue(badge_class=badge, lines=rows, source="x")


def test_three_thousand_lines_cost_little_more_than_their_rows(amcsti):
    """In turns with the same rows written raw, in own CPU time; the least of either side counts."""
    turns = [(cost_of_issuing(amcsti, turn), cost_of_its_rows()) for turn in range(2)]

    issuing, raw = (min(side) for side in zip(*turns, strict=True))
    print(f"issue: {issuing:.2f} s, {issuing / raw:.1f} times the raw rows")
    assert issuing / raw < 3.5  # about 2; 3.8 with the mails written one by one


def cost_of_issuing(issuer, turn: int) -> float:
    rows = [Line(n + 1, f"p{n}-{turn}@exemple.fr", f"Camille Durand {n}") for n in range(3_000)]
    badge = BadgeClassFactory(issuer=issuer)
    return measured(lambda: issue(badge_class=badge, lines=rows, source="x"))[1]


def cost_of_its_rows() -> float:
    """Writes the rows of the newest list once more."""
    batch = Batch.objects.latest("pk")
    twin = Batch.objects.create(badge_class=BadgeClassFactory(), source="x")
    lines = list(batch.lines.select_related("assertion", "message"))
    assertions = [line.assertion for line in lines]
    messages = [line.message for line in lines]
    for assertion in assertions:
        fresh = Assertion()
        assertion.pk, assertion.uid, assertion.code = None, fresh.uid, fresh.code
        assertion.badge_class = twin.badge_class
    for message in messages:
        message.pk, message.key = None, f"twin:{message.key}"

    def write() -> None:
        with transaction.atomic():
            Assertion.objects.bulk_create(assertions)
            Message.objects.bulk_create(messages)
            BatchLine.objects.bulk_create(
                BatchLine(batch=twin, number=n, value="x", outcome="created", assertion=a, message=m)
                for n, (a, m) in enumerate(zip(assertions, messages, strict=True))
            )

    return measured(write)[1]


@pytest.mark.django_db(transaction=True)
def test_two_organisers_at_once_award_once(amcsti, on_postgresql):
    if not on_postgresql:
        pytest.skip("SQLite in memory has one connection: management/test_issue_badges.py proves it on files")
    badge = BadgeClassFactory(issuer=amcsti)
    rows = lines(*[f"p{n}@exemple.fr,P{n}" for n in range(50)])
    barrier, reports, errors = threading.Barrier(4), [], []

    def organiser():
        try:
            barrier.wait()
            reports.append(issue(badge_class=badge, lines=rows, source="x"))
        except Exception as error:  # reported by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=organiser) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert sum(report.created for report in reports) == 50
    assert sum(report.already for report in reports) == 150
    assert (Assertion.objects.count(), Message.objects.count()) == (50, 50)
