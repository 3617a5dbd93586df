"""What was asked shows the badge and its holder only while it can be answered, or while an answer lives."""

from datetime import timedelta

import pytest
from django.utils import timezone

from connections import invitations
from connections.models import Block, Recognition, RecognitionRequest
from connections.services import ask as asking
from connections.services import recognise
from tests.connections.recognition.made import TEXT, asked_by_mail, badge_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(alice):
    return badge_of(alice, "private")


def link(request):
    return f"/recommander/{invitations.token_for(request)}/"


def retire(browser, request):
    path = f"/connexions/demandes/{request.uid}/retirer/"
    return browser.post(path, follow=True).content.decode()


def _decline(request):
    asking.decline(request=request)


def _expire(request):
    RecognitionRequest.objects.filter(pk=request.pk).update(expires_at=timezone.now() - timedelta(days=370))


def _answer_and_delete(request):
    if request.member:
        row = recognise.write(author=request.member, assertion=request.assertion, text=TEXT, request=request)
    else:
        row = recognise.write_invited(request=request, name="Jeanne", text=TEXT)
    recognise.withdraw(recognition=row)


ENDS = [_decline, _expire, _answer_and_delete]


def shows(html, badge):
    return badge.badge_class.name in html, "Alice" in html


@pytest.mark.parametrize("end", ENDS)
def test_a_link_that_waits_no_more_shows_no_badge(badge, client, end):
    request = asked_by_mail(badge)
    assert shows(client.get(link(request)).content.decode(), badge) == (True, True)

    end(request)
    assert shows(client.get(link(request)).content.decode(), badge) == (False, False)


@pytest.mark.parametrize("end", ENDS)
def test_a_member_s_page_that_waits_no_more_shows_no_badge(badge, bob, signed_in, end):
    request, browser = asking.ask(assertion=badge, message="", member=bob), signed_in(bob)
    path = f"/connexions/demandes/{request.uid}/"
    assert shows(browser.get(path).content.decode(), badge) == (True, True)

    end(request)
    assert shows(browser.get(path).content.decode(), badge) == (False, False)


@pytest.mark.parametrize("end", [_decline, _expire])
def test_what_was_declined_or_is_over_is_withdrawn_too(badge, alice, client, signed_in, end):
    request = asked_by_mail(badge)
    end(request)
    browser = signed_in(alice)
    assert f"{request.uid}/retirer/" in browser.get(f"/badges/{badge.uid}/reconnaissances/").content.decode()

    for _click in range(2):
        assert "Votre demande est retirée." in retire(browser, request)
    assert RecognitionRequest.objects.get().state == "withdrawn"
    assert client.get(link(request)).status_code == 410


def test_what_is_answered_is_not_said_to_be_withdrawn(badge, alice, signed_in):
    request = asked_by_mail(badge)
    recognise.write_invited(request=request, name="Jeanne", text=TEXT)

    assert "Votre demande est retirée." not in retire(signed_in(alice), request)
    assert RecognitionRequest.objects.get().state == "answered"


@pytest.mark.parametrize("answer, shown", [("accept", True), ("wait", False), ("refuse", False)])
def test_a_refusal_looks_like_a_silence_on_the_last_day(badge, client, answer, shown):
    request = asked_by_mail(badge)
    row = recognise.write_invited(request=request, name="Jeanne", text=TEXT)
    if answer == "accept":
        recognise.accept(recognition=row, shown=False, digest=row.digest)
    elif answer == "refuse":
        recognise.refuse(recognition=row)
    assert shows(client.get(link(request)).content.decode(), badge)[0]

    _expire(request)
    html = client.get(link(request)).content.decode()
    assert (badge.badge_class.name in html) == shown
    assert Recognition.objects.count() == 1


def _block(badge, bob):
    Block.objects.create(person=badge.holder, blocked=bob)


def _revoke(badge, bob):
    type(badge).objects.filter(pk=badge.pk).update(revoked_at=timezone.now(), revocation_reason="mistake")


def _close(badge, bob):
    type(bob).objects.filter(pk=badge.holder_id).update(is_active=False)


@pytest.mark.parametrize("end", [_block, _revoke, _close])
def test_who_has_written_reads_the_badge_only_while_they_may_meet(badge, bob, signed_in, end):
    request = asking.ask(assertion=badge, message="", member=bob)
    row = recognise.write(author=bob, assertion=badge, text=TEXT, request=request)
    browser = signed_in(bob)
    paths = ("/connexions/recommandations/", f"/connexions/recommandations/{row.uid}/")
    for path in paths:
        assert badge.badge_class.name in browser.get(path).content.decode()

    end(badge, bob)
    for path in paths:
        assert shows(browser.get(path).content.decode(), badge) == (False, False)


def test_a_request_to_a_closed_account_is_not_sound(badge, bob):
    request = asking.ask(assertion=badge, message="", member=bob)
    assert RecognitionRequest.objects.sound().get() == request

    type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    assert not RecognitionRequest.objects.sound().exists()
