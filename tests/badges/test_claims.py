"""The claim link and its cookie: what they prove, and what they refuse."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from badges import claims, gone
from badges.gone import Gone
from badges.services.decline import decline
from badges.services.links import send_waiting_links
from badges.services.revoke import revoke
from tests.factories import AssertionFactory

pytestmark = pytest.mark.django_db


def test_a_token_says_its_award_and_generation():
    assertion = AssertionFactory(generation=3)

    assert claims.read_token(claims.token_for(assertion)) == (assertion.uid, 3)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1],
        lambda token: token[:22],
        lambda token: token + "A",
        lambda token: token + "=",
        lambda token: token[::-1],
        lambda token: "",
        lambda token: "é" + token,
        lambda token: ("B" if token[0] == "A" else "A") + token[1:],
    ],
)
def test_a_spoiled_token_says_nothing(spoil):
    assert claims.read_token(spoil(claims.token_for(AssertionFactory()))) is None


def test_the_token_is_not_in_the_row():
    assertion = AssertionFactory()
    token = claims.token_for(assertion)

    assert not any(token in str(value) for value in vars(assertion).values())


def test_reason_is_none_while_the_badge_waits_or_its_refusal_can_be_undone():
    assert gone.reason(AssertionFactory(), 1) is None
    assert gone.reason(decline(assertion=AssertionFactory()), 1) is None


def test_reason_says_why_a_link_is_dead():
    yesterday = timezone.now() - timedelta(days=1)
    long_ago = timezone.now() - timedelta(days=31)

    assert gone.reason(AssertionFactory(accepted=True), 1) == Gone.ACCEPTED
    assert gone.reason(AssertionFactory(revoked=True), 1) == Gone.REVOKED
    assert gone.reason(AssertionFactory(accepted=True, revoked=True), 1) == Gone.REVOKED
    assert gone.reason(AssertionFactory(generation=2), 1) == Gone.REPLACED
    assert gone.reason(AssertionFactory(claim_until=yesterday), 1) == Gone.EXPIRED
    assert gone.reason(AssertionFactory(declined=True, declined_at=long_ago), 1) == Gone.DECLINED


def test_a_declined_badge_that_is_revoked_is_revoked():
    assert (
        gone.reason(revoke(assertion=decline(assertion=AssertionFactory()), reason="mistake"), 1)
        == Gone.REVOKED
    )


def test_renewing_an_expired_link_kills_the_old_one():
    assertion = AssertionFactory(claim_until=timezone.now() - timedelta(days=1))

    send_waiting_links(address=assertion.recipient_address)

    assertion.refresh_from_db()
    assert gone.reason(assertion, 1) == Gone.REPLACED
    assert gone.reason(assertion, 2) is None


def test_asking_again_leaves_a_link_that_still_works():
    assertion = AssertionFactory()

    send_waiting_links(address=assertion.recipient_address)

    assertion.refresh_from_db()
    assert assertion.generation == 1


def test_an_unknown_uid_and_a_missing_cookie_are_one_answer(client):
    known = client.get(f"/obtenir/badge/{AssertionFactory().uid}/")
    unknown = client.get(f"/obtenir/badge/{uuid.uuid4()}/")

    assert (known.status_code, unknown.status_code) == (403, 403)
    assert known.content == unknown.content
    assert "Rouvrez l’e-mail" in known.content.decode()
