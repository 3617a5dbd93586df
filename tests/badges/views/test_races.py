"""Two browsers at once, on every button of the journey: one change, and an answer for both."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from badges import claims
from badges.models import Assertion, BadgeClass
from badges.services.revoke import revoke
from notifications.models import Message
from tests.factories import AssertionFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

BACKEND = "django.contrib.auth.backends.ModelBackend"
BROWSERS = 6


@pytest.fixture(autouse=True)
def _several_connections(on_postgresql):
    if not on_postgresql:
        pytest.skip(
            "SQLite in memory has one connection; its IMMEDIATE transactions come one after the other"
        )


def at_once(*acts):
    """Runs every act in a thread of its own, all released together; returns what they answered."""
    barrier, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index, act):
        try:
            barrier.wait(timeout=60)
            answers[index] = act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def browser_of(user):
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser


def claiming(assertion):
    browser = Client()
    browser.get(reverse("badges:claim", args=[claims.token_for(assertion)]))
    return browser


def post(browser, address, data=None):
    return lambda: browser.post(address, data or {}).status_code


def test_accepting_in_many_browsers_is_one_acceptance():
    alice = UserFactory(name="Alice Martin", email="alice@exemple.fr")
    waiting = AssertionFactory(recipient_address=alice.email)
    address = f"/badges/{waiting.uid}/accepter/"

    answers = at_once(*(post(browser_of(alice), address) for _ in range(BROWSERS)))

    assert answers == [303] * BROWSERS
    assert Assertion.objects.values_list("state", "holder", "visibility").get() == (
        "accepted",
        alice.pk,
        "private",
    )


def test_accepting_and_declining_at_once_is_one_of_them():
    alice = UserFactory(email="alice@exemple.fr")
    waiting = AssertionFactory(recipient_address=alice.email)

    answers = at_once(
        *(post(browser_of(alice), f"/badges/{waiting.uid}/{act}/") for act in ["accepter", "refuser"] * 3)
    )

    assert answers == [303] * 6
    assert Assertion.objects.values_list("state", "holder").get() in {
        ("accepted", alice.pk),
        ("declined", None),
    }


def test_a_revocation_during_acceptance_wins():
    alice = UserFactory(email="alice@exemple.fr")
    waiting = AssertionFactory(recipient_address=alice.email)

    answers = at_once(
        post(browser_of(alice), f"/badges/{waiting.uid}/accepter/"),
        lambda: revoke(assertion=waiting, reason="mistake"),
    )

    assert answers[0] in {303, 404}
    assert Assertion.objects.get().is_revoked


def test_creating_an_account_in_many_browsers_is_one_account():
    waiting = AssertionFactory(recipient_address="claire@exemple.fr")
    address = reverse("badges:claim_account", args=[waiting.uid])
    names = {"first_name": "Claire", "last_name": "Martin"}

    answers = at_once(*(post(claiming(waiting), address, names) for _ in range(BROWSERS)))

    assert sorted(answers) == [200] * (BROWSERS - 1) + [303]
    assert User.objects.filter(email="claire@exemple.fr").count() == 1


def test_two_badges_of_one_address_make_one_account():
    waiting = AssertionFactory.create_batch(BROWSERS, recipient_address="claire@exemple.fr")
    acts = [
        post(claiming(one), reverse("badges:claim_account", args=[one.uid]), {"first_name": "C"})
        for one in waiting
    ]

    answers = at_once(*acts)

    assert sorted(answers) == [200] * (BROWSERS - 1) + [303]
    assert User.objects.filter(email="claire@exemple.fr").count() == 1


def test_two_accounts_that_adopt_one_address_at_once():
    waiting = AssertionFactory(recipient_address="claire@exemple.fr")
    people = UserFactory.create_batch(4)
    browsers = [browser_of(person) for person in people]
    for browser in browsers:
        browser.get(reverse("badges:claim", args=[claims.token_for(waiting)]))
    address = reverse("badges:claim_adopt", args=[waiting.uid])

    answers = at_once(*(post(browser, address) for browser in browsers))

    assert set(answers) <= {303, 410}
    holder = Assertion.objects.get().holder
    assert holder in people
    owners = {
        person.pk for person in people if person.emailaddress_set.filter(email="claire@exemple.fr").exists()
    }
    assert owners == {holder.pk}
    assert Message.objects.count() == 1


def test_refusing_and_undoing_at_once_leaves_one_state():
    waiting = AssertionFactory()
    acts = [
        post(claiming(waiting), reverse(f"badges:{name}", args=[waiting.uid]))
        for name in ["claim_decline", "claim_undo"] * 3
    ]

    answers = at_once(*acts)

    assert answers == [303] * 6
    assert Assertion.objects.values_list("state", flat=True).get() in {"pending", "declined"}


def test_visibility_in_many_browsers_keeps_the_counts_true():
    alice = UserFactory(email="alice@exemple.fr")
    held = AssertionFactory(accepted=True, holder=alice, recipient_name="Alice")
    address = f"/badges/{held.uid}/visibilite/"
    choices = ["public", "private", "members", "public", "private", "public"]

    answers = at_once(*(post(browser_of(alice), address, {"visibility": choice}) for choice in choices))

    assert answers == [303] * 6
    shown = Assertion.objects.get().visibility
    expected = {"private": (0, 0), "members": (0, 1), "public": (1, 1)}[shown]
    assert BadgeClass.objects.values_list("public_recipients", "member_recipients").get() == expected


def test_asking_for_links_in_many_browsers_queues_one_mail():
    AssertionFactory(recipient_address="claire@exemple.fr")

    answers = at_once(
        *(post(Client(), reverse("badges:find"), {"email": "claire@exemple.fr"}) for _ in range(BROWSERS))
    )

    assert answers == [303] * BROWSERS
    assert Message.objects.count() == 1
