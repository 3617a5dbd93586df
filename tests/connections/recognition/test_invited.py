"""The one page of somebody without account, opened by the link of a mail."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from connections import invitations
from connections.models import Recognition, RecognitionRequest, RecognitionStop
from connections.services import recognise
from notifications.models import Notification
from tests.connections.recognition.made import TEXT, asked_by_mail, badge_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(alice):
    return badge_of(alice, "private")


@pytest.fixture
def request_(badge):
    return asked_by_mail(badge)


def path(request, act=""):
    return f"/recommander/{invitations.token_for(request)}/{act}"


def test_it_shows_the_badge_as_its_holder_does_by_asking_and_writes_nothing(
    client, badge, request_, read_only
):
    for method in (client.get, client.head):
        with read_only():
            answer = method(path(request_))
        assert answer.status_code == 200
    answer = client.get(path(request_))
    html = answer.content.decode()
    for shown in (
        badge.badge_class.name,
        badge.badge_class.issuer.name,
        "Alice Martin",
        "Vous souvenez-vous",
    ):
        assert shown in html
    for kept in ("alice@exemple.fr", "prof@exemple.fr", badge.printed_code, str(badge.uid)):
        assert kept not in html
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert RecognitionRequest.objects.get().state == "open"


def test_it_is_written_waits_is_found_again_and_is_withdrawn(client, badge, request_, alice, signed_in):
    for _click in range(2):
        answer = client.post(path(request_), {"name": " Jeanne  Prof ", "text": TEXT})
        assert (answer.status_code, answer.headers["Location"]) == (303, path(request_))
    row = Recognition.objects.get()
    assert (row.author, row.author_name, row.text, row.state) == (None, "Jeanne Prof", TEXT, "waiting")
    told = Notification.objects.get()
    assert (told.kind, told.person, told.actor) == ("recognition-waiting", alice, None)
    html = client.get(path(request_)).content.decode()
    assert "hors pair" in html
    assert "En attente de la réponse du titulaire" in html
    assert "<textarea" not in html

    recognise.accept(recognition=row, shown=True, digest=row.digest)
    assert "Acceptée, affichée sous le badge" in client.get(path(request_)).content.decode()
    assert Notification.objects.filter(kind="recognition-accepted").count() == 0
    for _click in range(2):
        assert client.post(path(request_, "retirer/")).status_code == 303
    assert not Recognition.objects.exists()
    html = client.get(path(request_)).content.decode()
    assert "n’est plus conservée ici" in html
    client.post(path(request_), {"name": "Jeanne", "text": "Encore"})
    assert not Recognition.objects.exists()


def test_a_refusal_is_not_told(client, request_):
    client.post(path(request_), {"name": "Jeanne Prof", "text": TEXT})
    recognise.refuse(recognition=Recognition.objects.get())

    html = client.get(path(request_)).content.decode()
    assert "En attente de la réponse du titulaire" in html
    assert "Refus" not in html


@pytest.mark.parametrize(
    "name, text, sentence",
    [
        ("", TEXT, "Indiquez votre nom"),
        (" \u200b ", TEXT, "Indiquez votre nom"),
        ("Jeanne", " ", "Écrivez quelques mots"),
        ("Jeanne", "é" * 2001, "Raccourcissez votre texte"),
        ("J" * 161, TEXT, "160"),
    ],
)
def test_what_cannot_be_sent_comes_back(client, request_, name, text, sentence):
    answer = client.post(path(request_), {"name": name, "text": text})

    assert answer.status_code == 422
    html = answer.content.decode()
    assert sentence in html
    assert text.strip() in html
    assert answer.headers["Cache-Control"] == "no-store"
    assert not Recognition.objects.exists()


def test_declining(client, request_, alice, badge, signed_in):
    for _click in range(2):
        assert client.post(path(request_, "decliner/")).status_code == 303

    assert "Vous avez décliné." in client.get(path(request_)).content.decode()
    client.post(path(request_), {"name": "Jeanne", "text": TEXT})
    assert not Recognition.objects.exists()
    assert "Déclinée" in signed_in(alice).get(f"/badges/{badge.uid}/reconnaissances/").content.decode()


def test_receiving_no_more_and_again(client, request_, read_only):
    with read_only():
        assert (
            "Ne plus recevoir de demandes" in client.get(path(request_, "ne-plus-recevoir/")).content.decode()
        )
    for _click in range(2):  # a mailbox's own button has no token
        answer = Client(enforce_csrf_checks=True).post(
            path(request_, "ne-plus-recevoir/"), {"List-Unsubscribe": "One-Click"}
        )
        assert answer.status_code == 200
        assert "Vous ne recevrez plus de demandes" in answer.content.decode()
    assert RecognitionStop.objects.get().folded_address == "prof@exemple.fr"

    assert client.post(path(request_, "recevoir-de-nouveau/")).status_code == 200
    assert not RecognitionStop.objects.exists()


def test_thirty_days_later_it_is_over_but_what_was_written_is_found(client, badge, request_):
    other = asked_by_mail(badge, "autre@exemple.fr")
    client.post(path(other), {"name": "Jeanne", "text": TEXT})
    RecognitionRequest.objects.update(expires_at=timezone.now() - timedelta(days=1))

    answer = client.get(path(request_))
    assert answer.status_code == 410
    assert "<textarea" not in answer.content.decode()
    client.post(path(request_), {"name": "Jeanne", "text": TEXT})
    assert Recognition.objects.count() == 1
    answer = client.get(path(other))
    assert (answer.status_code, "hors pair" in answer.content.decode()) == (200, True)


def _revoked(badge):
    type(badge).objects.filter(pk=badge.pk).update(revoked_at=timezone.now(), revocation_reason="mistake")


def _closed(badge):
    type(badge.holder).objects.filter(pk=badge.holder_id).update(is_active=False)


@pytest.mark.parametrize("end", [_revoked, _closed])
def test_a_badge_that_is_gone_is_told_of_to_nobody(client, badge, request_, end):
    end(badge)

    for answer in (client.get(path(request_)), client.post(path(request_), {"name": "J", "text": TEXT})):
        assert answer.status_code == 410
        assert "Alice" not in answer.content.decode()
        assert badge.badge_class.name not in answer.content.decode()
    assert not Recognition.objects.exists()
    assert client.get(path(request_, "ne-plus-recevoir/")).status_code == 200


def test_an_invented_or_truncated_link_is_404(client, request_):
    token = invitations.token_for(request_)
    assert invitations.read_token(token) == request_.uid

    for wrong in (
        token[:-1],
        token[1:],
        f"{token}=",
        f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}",
        "x",
        "é",
    ):
        assert invitations.read_token(wrong) is None, wrong
        answer = client.get(f"/recommander/{wrong}/")
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_link_of_a_member_s_request_opens_nothing(client, alice, bob, badge):
    request = RecognitionRequest.objects.create(assertion=badge, holder=alice, member=bob)

    assert client.get(path(request)).status_code == 404


def test_the_key_of_the_site_makes_the_token(request_, settings):
    token = invitations.token_for(request_)
    settings.SECRET_KEY = "another"

    assert invitations.read_token(token) is None


def test_a_foreign_form_writes_nothing(request_):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(path(request_), {"name": "J", "text": TEXT}).status_code == 403
    assert not Recognition.objects.exists()
