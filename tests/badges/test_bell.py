"""What the bell says of badges: to whom they concern, as long as it is true, in bulk."""

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from badges.enums import RevocationReason, Visibility
from badges.lists import Line as ListLine
from badges.models import Assertion
from badges.services import heralding
from badges.services.accept import accept
from badges.services.decline import decline
from badges.services.expire import expire
from badges.services.issue import issue
from badges.services.readdress import readdress
from badges.services.revoke import revoke, revoke_many
from notifications import registry
from notifications.enums import Pace
from notifications.models import Message, Notification, Preference
from notifications.telling import told
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db


def lines(person) -> list[tuple[str, str]]:
    rows = list(Notification.objects.of(person))
    return [(found.line.text, found.line.url) for found in told(person, rows)]


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti, name="Congrès")


def award(badge, *addresses: str) -> None:
    issue(
        badge_class=badge,
        lines=[ListLine(n + 1, address, f"Personne {n}") for n, address in enumerate(addresses)],
        source="x",
    )


@pytest.fixture
def held(badge, alice):
    def make(**fields) -> Assertion:
        return AssertionFactory(
            badge_class=badge, accepted=True, holder=alice, recipient_name="Alice Martin", **fields
        )

    return make


class TestWaiting:
    def test_a_badge_for_a_proved_address_is_told_to_its_account_alone(self, badge, alice, bob):
        EmailAddress.objects.create(user=alice, email="alice@travail.exemple", verified=True)
        EmailAddress.objects.create(user=bob, email="bob@travail.exemple", verified=False)
        award(badge, "Alice@Travail.exemple", "bob@travail.exemple", "charlie@exemple.fr")
        waiting = Assertion.objects.get(folded_address="alice@travail.exemple")

        assert lines(alice) == [
            ("Le badge «\u00a0Congrès\u00a0» de Amcsti attend votre réponse", f"/badges/{waiting.uid}/")
        ]
        assert Notification.objects.count() == 1

    def test_no_mail_beside_the_invitation_unless_one_asks(self, badge, alice, bob):
        Preference.objects.create(person=bob, kind="badge-waiting", pace=Pace.AT_ONCE)
        award(badge, "alice@exemple.fr", "bob@exemple.fr")

        kinds = list(Message.objects.order_by("kind").values_list("kind", "address"))
        assert kinds == [
            ("invitation", "alice@exemple.fr"),
            ("invitation", "bob@exemple.fr"),
            ("notification", "bob@exemple.fr"),
        ]
        assert not Notification.objects.exclude(digest_at=None).exists()

    @pytest.mark.parametrize("end", ["accepted", "declined", "revoked", "readdressed", "address removed"])
    def test_it_is_withdrawn_when_it_waits_no_more(self, badge, alice, bob, end):
        award(badge, "alice@exemple.fr")
        waiting = Assertion.objects.get()
        assert len(lines(alice)) == 1
        if end == "accepted":
            accept(assertion=waiting, holder=alice)
        elif end == "declined":
            decline(assertion=waiting)
        elif end == "revoked":
            revoke(assertion=waiting, reason=RevocationReason.MISTAKE)
        elif end == "readdressed":
            readdress(assertion=waiting, address="bob@exemple.fr", by=None)
        else:
            EmailAddress.objects.filter(user=alice).delete()

        assert lines(alice) == []
        assert len(lines(bob)) == (end == "readdressed")

    def test_a_list_given_again_tells_nothing_twice(self, badge, alice):
        award(badge, "alice@exemple.fr")
        award(badge, "alice@exemple.fr")

        assert Notification.objects.count() == 1

    def test_five_hundred_people_who_have_accounts_cost_a_few_queries(
        self, badge, django_assert_max_num_queries
    ):
        people = UserFactory.create_batch(500)
        with django_assert_max_num_queries(75):
            award(badge, *[person.email for person in people])

        assert Notification.objects.count() == 500


class TestRevoked:
    def test_the_holder_is_told_in_the_bell_and_the_mail_is_the_one_of_before(self, held, alice, bob):
        mine = held(visibility=Visibility.PUBLIC)
        for _time in range(2):
            revoke(assertion=mine, reason=RevocationReason.MISTAKE)

        assert lines(alice) == [
            ("Amcsti a révoqué votre badge «\u00a0Congrès\u00a0»", f"/badges/{mine.uid}/")
        ]
        assert lines(bob) == []
        assert list(Message.objects.values_list("kind", flat=True)) == ["award-revoked"]

    def test_many_at_once_cost_the_same(self, badge, django_assert_max_num_queries):
        for n in range(60):
            AssertionFactory(badge_class=badge, accepted=True, recipient_name=f"Personne {n}")
        AssertionFactory(badge_class=badge)
        with django_assert_max_num_queries(300):  # the gallery's counts move badge by badge
            revoke_many(assertions=Assertion.objects.all(), reason=RevocationReason.MISTAKE, by=None)

        assert Notification.objects.filter(kind="badge-revoked").count() == 60


class TestExpiring:
    @pytest.fixture(autouse=True)
    def _now(self, time_machine):
        self.clock = time_machine
        time_machine.move_to("2026-11-24T11:00:00Z", tick=False)

    def days(self, number: float):
        return timezone.now() + timedelta(days=number)

    def test_it_is_a_job_of_the_worker(self):
        assert registry.jobs["expiries"] is heralding.herald_expiring
        assert heralding.herald_expiring() == 0

    def test_a_holder_is_told_once_a_month_before(self, held, alice):
        mine = held(expires_at=self.days(30))

        assert (heralding.herald_expiring(), heralding.herald_expiring()) == (1, 0)
        assert lines(alice) == [
            ("Votre badge «\u00a0Congrès\u00a0» expire le 24 décembre 2026", f"/badges/{mine.uid}/")
        ]
        assert Notification.objects.get().digest_at.date().isoformat() == "2026-11-25"
        self.clock.move_to("2026-12-25T11:00:00Z", tick=False)
        assert lines(alice)[0][0] == "Votre badge «\u00a0Congrès\u00a0» a expiré le 24 décembre 2026"

    @pytest.mark.parametrize("case", ["later", "past", "never", "waiting", "revoked"])
    def test_what_does_not_end_soon_is_not_told(self, held, badge, case):
        if case == "waiting":
            AssertionFactory(badge_class=badge, expires_at=self.days(10))
        else:
            ends = {"later": self.days(30.01), "past": self.days(-1), "revoked": self.days(10)}
            held(expires_at=ends.get(case), revoked=case == "revoked")

        assert heralding.herald_expiring() == 0
        assert not Notification.objects.exists()

    def test_with_another_end_it_is_told_anew_and_the_old_word_is_taken_back(self, held, alice):
        mine = held(expires_at=self.days(10))
        heralding.herald_expiring()
        expire(assertion=mine, at=self.days(200), by=None)
        assert (heralding.herald_expiring(), lines(alice)) == (0, [])
        expire(assertion=mine, at=self.days(20), by=None)

        assert heralding.herald_expiring() == 1
        assert [text for text, _url in lines(alice)] == [
            "Votre badge «\u00a0Congrès\u00a0» expire le 14 décembre 2026"
        ]

    @pytest.mark.parametrize("end", ["revoked", "no end", "erased"])
    def test_it_is_withdrawn_with_what_it_is_about(self, held, alice, end):
        mine = held(expires_at=self.days(10))
        heralding.herald_expiring()
        if end == "revoked":
            Assertion.objects.update(revoked_at=timezone.now(), revocation_reason="mistake")
        elif end == "no end":
            expire(assertion=mine, at=None, by=None)
        else:
            mine.delete()

        assert lines(alice) == []

    @pytest.mark.parametrize("number", [1, 40])
    def test_a_step_is_bounded_and_costs_the_same(
        self, badge, number, monkeypatch, django_assert_num_queries
    ):
        for n in range(number):
            AssertionFactory(
                badge_class=badge, accepted=True, recipient_name=f"P {n}", expires_at=self.days(10)
            )
        # Savepoint, keys, rows; savepoint, known, chosen, rows told, end; noted, end.
        with django_assert_num_queries(10):
            assert heralding.herald_expiring() == number
        monkeypatch.setattr(heralding, "STEP", 15)
        Assertion.objects.update(expiry_told_at=None)
        assert heralding.herald_expiring() == min(number, 15)
        assert Notification.objects.count() == number


def test_the_tellers_cost_the_same_for_one_and_for_many(badge, alice, django_assert_num_queries):
    rows = []
    for n in range(20):
        other = BadgeClassFactory()
        waiting = AssertionFactory(badge_class=other, recipient_address=alice.email)
        rows.append(Notification(pk=n + 1, kind="badge-waiting", subject=str(waiting.uid)))
    with django_assert_num_queries(1):
        assert len(told(alice, rows)) == 20


def test_what_another_holds_is_told_to_nobody_else(badge, alice, bob):
    """Rows that should not exist, and their twins that should: each teller asks whose badge it is."""
    waiting = AssertionFactory(badge_class=badge, recipient_address=alice.email)
    ending = AssertionFactory(accepted=True, holder=alice, expires_at=timezone.now() + timedelta(days=3))
    lost = AssertionFactory(accepted=True, holder=alice, revoked=True)
    subjects = {
        "badge-waiting": str(waiting.uid),
        "badge-expiring": f"{ending.uid}:{timezone.localtime(ending.expires_at).date()}",
        "badge-revoked": str(lost.uid),
    }
    for person in (alice, bob):
        for kind, subject in subjects.items():
            Notification.objects.create(key=f"{kind}{person.pk}", person=person, kind=kind, subject=subject)

    assert (len(lines(alice)), lines(bob)) == (3, [])


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_an_end_once(badge, on_postgresql):
    if not on_postgresql:
        pytest.skip("SQLite in memory has one connection, and one writer at a time")
    for n in range(30):
        AssertionFactory(
            badge_class=badge,
            accepted=True,
            recipient_name=f"P {n}",
            expires_at=timezone.now() + timedelta(days=10),
        )
    barrier, done, errors = threading.Barrier(3), [], []

    def worker():
        try:
            barrier.wait()
            while count := heralding.herald_expiring():
                done.append(count)
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
    assert sum(done) == Notification.objects.count() == 30
