"""« Je ne veux plus recevoir »: the link in the foot, the button of mailboxes, and what neither may do."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from badges import mails, stopping
from badges.models import AwardEvent, OptOut
from badges.services.invite import invitation
from badges.services.links import send_waiting_links
from notifications.models import Message
from tests.factories import AssertionFactory, IssuerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(amcsti):
    return AssertionFactory(badge_class__issuer=amcsti, recipient_address="Claire@Exemple.fr")


@pytest.fixture
def address(amcsti):
    return reverse("badges:unsubscribe", args=[stopping.token_for(amcsti, "Claire@Exemple.fr")])


def stopped():
    return list(OptOut.objects.values_list("issuer__slug", "folded_address"))


def test_the_link_asks_and_stops_nothing(client, invited, address, read_only):
    with read_only():
        response = client.get(address)

    html = response.content.decode()
    assert response.status_code == 200
    assert "Je ne veux plus recevoir d’e-mails de Amcsti" in html
    assert "c…@exemple.fr" in html
    assert "claire@exemple.fr" not in html.lower()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert stopped() == []


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "One-Click"}])
def test_one_click_stops_the_mails_of_this_issuer_alone(invited, address, body):
    mailbox = Client(enforce_csrf_checks=True)
    other = AssertionFactory(recipient_address="claire@exemple.fr")

    for _click in range(2):
        response = mailbox.post(address, body)
        assert response.status_code == 200
        assert "sessionid" not in response.cookies

    assert "Vous ne recevrez plus d’e-mails" in response.content.decode()
    assert stopped() == [("amcsti", "claire@exemple.fr")]
    assert list(AwardEvent.objects.values_list("assertion", "kind", "by")) == [
        (invited.pk, "unsubscribed", None)
    ]
    assert mails.invitation(invitation(invited)) is None
    assert mails.invitation(invitation(other)) is not None


def test_it_can_be_undone(client, invited, address):
    client.post(address)

    response = client.post(f"{address}annuler/")

    assert "Je ne veux plus recevoir d’e-mails de Amcsti" in response.content.decode()
    assert stopped() == []
    assert mails.invitation(invitation(invited)) is not None
    client.post(address)
    assert AwardEvent.objects.count() == 1


def test_no_other_site_undoes_it(invited, address):
    browser = Client(enforce_csrf_checks=True)
    browser.post(address)

    assert browser.get(f"{address}annuler/").status_code == 405
    assert browser.post(f"{address}annuler/").status_code == 403
    assert stopped() == [("amcsti", "claire@exemple.fr")]


def test_who_asks_for_their_badges_still_gets_them(invited, address, client):
    client.post(address)

    send_waiting_links(address="claire@exemple.fr")

    assert mails.waiting_links(Message.objects.get(kind="waiting-links")) is not None


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_is_404(client, amcsti, address, method):
    other = IssuerFactory()
    mine = stopping.token_for(amcsti, "claire@exemple.fr")
    theirs = stopping.token_for(other, "claire@exemple.fr")
    mixed = f"{theirs.rpartition('.')[0]}.{mine.rpartition('.')[2]}"

    for token in ("x", "é", mine[:-1], mine[1:], f"{mine}A", mixed, "A" * 5000, mine.rpartition(".")[0]):
        for end in ("", "annuler/"):
            path = f"/obtenir/desinscription/{token}/{end}"
            answer = getattr(client, method)(path)
            assert answer.status_code == (405 if end and method == "get" else 404)
    assert stopped() == []


def test_the_link_of_a_deleted_issuer_is_404(client):
    gone = IssuerFactory()
    token = stopping.token_for(gone, "claire@exemple.fr")
    gone.delete()

    assert client.get(f"/obtenir/desinscription/{token}/").status_code == 404


def test_no_token_is_logged(client, address, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get(address)
        client.post(address)
        client.get(address[:-3] + "/")

    assert not any(address[24:60] in record.getMessage() for record in caplog.records)
