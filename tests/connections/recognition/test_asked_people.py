"""Whom a holder may ask, and whom their list of requests names: people whose profile is open to them now."""

import pytest

from accounts.models import Profile, User
from connections.models import Block, RecognitionRequest
from connections.services import ask as asking
from tests.connections.recognition.made import badge_of, stranger

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(alice):
    return badge_of(alice, "private")


@pytest.fixture
def member(bob):
    Profile.objects.filter(user=bob).update(visibility="members", handle="bob-ouvert")
    bob.refresh_from_db()
    return bob


def _block(bob, alice):
    Block.objects.create(person=bob, blocked=alice)


def _close_profile(bob, alice):
    Profile.objects.filter(user=bob).update(visibility="private")


def _close_account(bob, alice):
    User.objects.filter(pk=bob.pk).update(is_active=False)


def ask(browser, badge, to):
    return browser.post(f"/badges/{badge.uid}/demander-une-recommandation/", {"to": to})


def test_who_has_blocked_is_unknown(badge, alice, member, signed_in):
    Block.objects.create(person=member, blocked=alice)
    browser = signed_in(alice)

    for to in ("bob-ouvert", "personne-de-connu"):
        answer = ask(browser, badge, to)
        assert answer.status_code == 422
        assert "Aucun profil que vous pouvez ouvrir" in answer.content.decode()
    assert not RecognitionRequest.objects.exists()


@pytest.mark.parametrize("close", [_block, _close_profile, _close_account])
def test_a_request_names_only_whose_profile_is_open(badge, alice, member, signed_in, close):
    asking.ask(assertion=badge, message="", member=member)
    path, browser = f"/badges/{badge.uid}/reconnaissances/", signed_in(alice)
    assert member.name in browser.get(path).content.decode()

    close(member, alice)
    html = browser.get(path).content.decode()
    assert member.name not in html
    assert "Un membre" in html


def test_requests_are_paged(badge, alice, signed_in, settings):
    settings.BADGES_PER_PAGE = 2
    for number in range(5):
        RecognitionRequest.objects.create(
            assertion=badge, holder=alice, member=stranger(f"Personne {number}")
        )
    browser = signed_in(alice)

    html = browser.get(f"/badges/{badge.uid}/reconnaissances/").content.decode()
    assert html.count('class="request__who"') == 2
    assert "?demandes=" in html
