"""When a page counts as opened: a form or the page's own script, never a link that something follows."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from badges import claims
from badges.models import Assertion
from badges.services.opened import mark_opened
from tests.factories import AssertionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(amcsti):
    return AssertionFactory(badge_class__issuer=amcsti, recipient_address="claire@exemple.fr")


def link(assertion):
    return reverse("badges:claim", args=[claims.token_for(assertion)])


def step(assertion, name):
    return reverse(f"badges:{name}", args=[assertion.uid])


def opened_at(assertion):
    return Assertion.objects.values_list("opened_at", flat=True).get(pk=assertion.pk)


def test_fifty_scanners_open_nothing(invited, read_only):
    with read_only():
        for number in range(50):
            scanner = Client(
                headers={
                    "user-agent": f"Mozilla/5.0 (compatible; LinkScanner/{number})",
                    "purpose": "prefetch",
                    "sec-purpose": "prefetch;prerender",
                }
            )
            scanner.head(link(invited))
            scanner.get(link(invited), follow=True)
            for name in ("claim_badge", "claim_decline", "claim_forward", "claim_account"):
                scanner.get(step(invited, name))
            assert scanner.get(step(invited, "claim_opened")).status_code == 405

    assert opened_at(invited) is None


def test_the_page_says_so_by_itself_once(client, invited):
    html = client.get(link(invited), follow=True).content.decode()
    assert f'data-opened="{step(invited, "claim_opened")}"' in html

    response = client.post(step(invited, "claim_opened"))
    first = opened_at(invited)
    client.post(step(invited, "claim_opened"))

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Cache-Control"] == "no-store"
    assert first is not None
    assert opened_at(invited) == first


def test_a_form_that_is_sent_says_so_too(client, invited, statement):
    client.get(link(invited))

    client.post(step(invited, "claim_badge"), {"document": statement.pk})

    assert opened_at(invited) is not None


def test_another_browser_says_nothing(invited, bob, signed_in):
    assert Client().post(step(invited, "claim_opened")).status_code == 403
    assert signed_in(bob).post(step(invited, "claim_opened")).status_code == 403

    assert opened_at(invited) is None


@pytest.mark.parametrize("name", ["accept", "decline"])
def test_an_answer_from_the_account_says_so(alice, signed_in, name):
    waiting = AssertionFactory(recipient_address="alice@exemple.fr")

    signed_in(alice).post(step(waiting, name))

    assert opened_at(waiting) is not None


def test_the_first_time_stays(invited, django_assert_num_queries):
    Assertion.objects.update(opened_at=(before := timezone.now()))

    with django_assert_num_queries(1):
        mark_opened(assertion=invited)

    assert opened_at(invited) == before
