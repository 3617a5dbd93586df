"""Withdrawing one or many: for good, once, told to holders; crosswise changes do not stop each other."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from badges.enums import EventKind, RevocationReason
from badges.exceptions import NotPossible
from badges.models import Assertion, AwardEvent, BadgeClass
from badges.services import figures
from badges.services.accept import accept
from badges.services.revoke import revoke, revoke_many
from badges.services.show import show
from notifications.models import Message
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db

MISTAKE = RevocationReason.MISTAKE


def test_a_revocation_is_noted_once_and_told_once(alice, olga):
    held = AssertionFactory(accepted=True, holder=alice)
    for _n in range(2):
        revoke(assertion=held, reason=MISTAKE, by=olga)

    held.refresh_from_db()
    assert (held.is_revoked, held.revocation_reason) == (True, MISTAKE)
    assert AwardEvent.objects.values_list("assertion", "kind", "by", "before", "after").get() == (
        held.pk,
        EventKind.REVOKED,
        olga.pk,
        "",
        "mistake",
    )
    assert Message.objects.values_list("kind", "address").get() == ("award-revoked", "alice@exemple.fr")


def test_many_are_revoked_in_chunks_and_the_figures_stay_true(monkeypatch, olga, django_assert_num_queries):
    monkeypatch.setattr("badges.services.chunking.CHUNK", 2)
    badge, other = BadgeClassFactory.create_batch(2)
    AssertionFactory.create_batch(2, badge_class=badge, public=True)
    AssertionFactory(badge_class=other, members=True)
    AssertionFactory(badge_class=other)
    gone = AssertionFactory(badge_class=badge, revoked=True)
    seen = []

    done = revoke_many(
        assertions=Assertion.objects.all(), reason=MISTAKE, by=olga, progress=lambda *n: seen.append(n)
    )

    assert (done, seen) == (4, [(2, 4), (4, 4)])
    assert not Assertion.objects.filter(revoked_at=None).exists()
    assert not gone.events.exists()
    assert Message.objects.count() == 3  # those who held it
    for one in BadgeClass.objects.all():
        assert (one.public_recipients, one.member_recipients) == (0, 0)
        assert figures.true_figures(one)["member_recipients"] == 0


def test_only_those_asked_for_are_revoked():
    asked, other = AssertionFactory.create_batch(2)

    assert revoke_many(assertions=Assertion.objects.filter(pk=asked.pk), reason=MISTAKE, by=None) == 1
    other.refresh_from_db()
    assert not other.is_revoked


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture(autouse=True)
    def _several_connections(self, on_postgresql):
        if not on_postgresql:
            pytest.skip("SQLite's transactions come one after the other")

    def at_once(self, *acts):
        def run(act):
            try:
                return act()
            except NotPossible:
                return None
            finally:
                connection.close()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(run, acts))

    def test_many_revoked_twice_at_once_are_revoked_once_each(self):
        AssertionFactory.create_batch(40, public=True)

        def all_of_them():
            return revoke_many(assertions=Assertion.objects.all(), reason=MISTAKE, by=None)

        assert sum(self.at_once(*[all_of_them] * 4)) == 40
        assert AwardEvent.objects.count() == 40
        assert Message.objects.count() == 40

    def test_holders_who_accept_and_show_meanwhile_and_organisers_go_on(self):
        badges = BadgeClassFactory.create_batch(3)
        # Crosswise on purpose: neither age nor badge is in the order of the other.
        waiting = [AssertionFactory(badge_class=badges[n % 3]) for n in range(30)]
        people = UserFactory.create_batch(30)

        def take(award, holder):
            accept(assertion=award, holder=holder)
            show(assertion=award, visibility="public", name_listed=True)

        acts = [lambda a=award, h=holder: take(a, h) for award, holder in zip(waiting, people, strict=True)]
        acts += [
            lambda r=rows: revoke_many(assertions=r, reason=MISTAKE, by=None)
            for rows in (Assertion.objects.all(), Assertion.objects.order_by("-pk"))
        ]
        self.at_once(*acts)

        assert not Assertion.objects.filter(revoked_at=None).exists()
        for badge in BadgeClass.objects.all():
            assert (badge.public_recipients, badge.member_recipients) == (0, 0)
