"""Keys are replaced while people accept: whatever the order, what is served is signed by a key that counts."""

import json
import threading
import time

import pytest
from django.db import connection

from badges import addresses, stating
from badges.formats import jws
from badges.models import SignedDocuments
from badges.services.accept import accept
from badges.services.keys import ring
from badges.services.rotate import rotate
from tests.badges.views.test_races import at_once
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _several_connections(on_postgresql):
    if not on_postgresql:
        pytest.skip(
            "SQLite in memory has one connection; its IMMEDIATE transactions come one after the other"
        )


def is_current(documents: SignedDocuments, issuer) -> bool:
    used = ring(issuer)
    creator = json.loads(jws.read(documents.signed).payload)["verification"]["creator"]
    return creator == addresses.rsa_key(used.token.uid)


@pytest.mark.parametrize("revoke", [False, True], ids=["rotated", "stolen"])
def test_who_accepts_while_keys_are_replaced_has_a_badge_that_verifies(revoke):
    badge_class = BadgeClassFactory()
    ring(badge_class.issuer)
    people = [UserFactory() for _ in range(6)]
    waiting = [AssertionFactory(badge_class=badge_class) for _ in people]
    acts = [
        lambda assertion=assertion, person=person: accept(assertion=assertion, holder=person).pk
        for assertion, person in zip(waiting, people, strict=True)
    ]

    answers = at_once(*acts[:3], lambda: rotate(issuer=badge_class.issuer, revoke=revoke), *acts[3:])

    assert None not in answers
    found = SignedDocuments.objects.filter(assertion__badge_class=badge_class)
    assert found.count() == 6
    assert all(is_current(documents, badge_class.issuer) for documents in found)
    if revoke:
        assert not found.filter(proof_key__revoked_at__isnull=False).exists()


def test_keys_wait_for_who_is_signing(monkeypatch):
    """The rotation starts in the middle of an acceptance, which is the worst moment."""
    assertion, person = AssertionFactory(), UserFactory()
    issuer = assertion.badge_class.issuer
    ring(issuer)
    told, started = stating.award, []

    def slow(*args, **kwargs):
        if not started:
            started.append(at_once_beside(lambda: rotate(issuer=issuer)))
        return told(*args, **kwargs)

    monkeypatch.setattr(stating, "award", slow)

    accept(assertion=assertion, holder=person)
    started[0].join(timeout=60)

    assert is_current(SignedDocuments.objects.get(assertion=assertion), issuer)


def at_once_beside(act):
    """Starts an act in a thread and gives it a moment to reach its first lock."""

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.5)
    return thread


def test_two_rotations_at_once_end_both():
    badge_class = BadgeClassFactory()
    for _ in range(8):
        accept(assertion=AssertionFactory(badge_class=badge_class), holder=UserFactory())
    issuer = badge_class.issuer

    answers = at_once(lambda: rotate(issuer=issuer), lambda: rotate(issuer=issuer, revoke=True))

    assert answers == [8, 8]
    assert issuer.keys.filter(retired_at=None).count() == 2
