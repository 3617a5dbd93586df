"""« Retrouver mes badges »: one answer, whoever asks for whatever."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from notifications.models import Message
from tests.factories import AssertionFactory, UserFactory

pytestmark = pytest.mark.django_db

SENTENCE = "Si des badges ont été envoyés à cette adresse, vous recevrez un e-mail dans quelques minutes."


def ask(address):
    from tests.client import CheckingClient  # noqa: PLC0415

    browser = CheckingClient()
    response = browser.post("/obtenir/retrouver/", {"email": address})
    return (
        response.status_code,
        response.headers["Location"],
        browser.get("/obtenir/retrouver/").content.decode(),
    )


def plain(html):
    return " ".join(html.replace("\u202f", " ").split())


def test_the_answer_is_the_same_for_a_stranger_a_member_and_an_invited_person(read_only):
    AssertionFactory(recipient_address="invitee@exemple.fr")
    UserFactory(email="membre@exemple.fr")

    answers = [ask(a) for a in ("inconnu@exemple.fr", "membre@exemple.fr", "Invitee@Exemple.fr")]

    assert {(status, location) for status, location, _html in answers} == {(303, "/obtenir/retrouver/")}
    assert all(SENTENCE in plain(html) for _status, _location, html in answers)
    assert len({len(html) for _status, _location, html in answers}) == 1
    assert Message.objects.values_list("kind", "address").get() == ("waiting-links", "invitee@exemple.fr")


def test_opening_the_page_changes_nothing(client, read_only, db):
    with read_only():
        assert client.get("/obtenir/retrouver/").status_code == 200
        assert client.head("/obtenir/retrouver/").status_code == 200


@pytest.mark.parametrize(
    "address", ["", "pas une adresse", "a@b", "x" * 300 + "@exemple.fr", "a@exemple.fr\nBcc: b@c.fr"]
)
def test_what_is_no_address_gets_a_sentence_and_stays_typed(client, address):
    response = client.post("/obtenir/retrouver/", {"email": address})

    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not Message.objects.exists()


def test_asking_ten_times_sends_one_mail():
    AssertionFactory(recipient_address="invitee@exemple.fr")
    for _time in range(10):
        ask("invitee@exemple.fr")

    assert Message.objects.count() == 1


def test_nothing_is_sent_for_what_no_longer_waits():
    AssertionFactory(recipient_address="invitee@exemple.fr", accepted=True)
    AssertionFactory(recipient_address="invitee@exemple.fr", declined=True)
    AssertionFactory(recipient_address="invitee@exemple.fr", revoked=True)
    ask("invitee@exemple.fr")

    assert not Message.objects.exists()


def test_an_expired_badge_gets_a_new_link():
    assertion = AssertionFactory(
        recipient_address="invitee@exemple.fr", claim_until=timezone.now() - timedelta(days=1)
    )
    ask("invitee@exemple.fr")

    assertion.refresh_from_db()
    assert assertion.claim_until > timezone.now() + timedelta(days=89)
    assert assertion.generation == 2


def test_too_many_requests_from_one_place_are_put_off(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"find_badges": "3/m/ip"}
    statuses = [client.post("/obtenir/retrouver/", {"email": "a@exemple.fr"}).status_code for _ in range(5)]

    assert statuses == [303, 303, 303, 429, 429]


def test_without_a_csrf_token_nothing_is_sent():
    AssertionFactory(recipient_address="invitee@exemple.fr")
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/obtenir/retrouver/", {"email": "invitee@exemple.fr"}).status_code == 403
    assert not Message.objects.exists()
