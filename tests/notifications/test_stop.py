"""One click stops the mails of a kind (RFC 8058), without an account at hand; one more takes it back."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from notifications import registry
from notifications.enums import Pace
from notifications.models import Preference
from notifications.services.choose import choose, paces_of
from notifications.stopping import token_for

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def two(register_news):
    return [register_news("news", label="Les nouvelles"), register_news("slow", Pace.WEEKLY, "Les lentes")]


@pytest.fixture
def token(two, alice):
    return token_for(alice.pk, {"news": "daily", "slow": "weekly"})


@pytest.fixture
def address(token):
    return reverse("notifications:stop", args=[token])


def chosen():
    return dict(Preference.objects.values_list("kind", "pace"))


def test_the_link_asks_and_stops_nothing(client, address, read_only):
    with read_only():
        answer = client.get(address)
    html = answer.content.decode()

    assert answer.status_code == 200
    assert "Je ne veux plus recevoir ces e-mails" in html
    assert "<li>Les nouvelles</li><li>Les lentes</li>" in html
    assert "alice" not in html.lower()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_button_of_a_mailbox_needs_neither_cookie_nor_token_and_gets_the_page(address, alice, bob):
    """RFC 8058, section 3.1: a POST with that body, no cookies, no redirect."""
    for _time in range(2):
        answer = Client(enforce_csrf_checks=True).post(address, ONE_CLICK)
        assert answer.status_code == 200
        assert "Vous ne recevrez plus ces e-mails" in answer.content.decode()

    assert chosen() == {"news": "never", "slow": "never"}
    assert paces_of(bob)["news"] == "daily"
    assert not answer.cookies.get("session")


def test_a_mail_of_one_kind_stops_that_kind_alone(two, alice, client):
    client.post(reverse("notifications:stop", args=[token_for(alice.pk, {"news": "at-once"})]))

    assert chosen() == {"news": "never"}


def test_it_can_be_taken_back_as_it_was(client, address, token, alice):
    client.post(address)
    answer = client.post(reverse("notifications:take_back", args=[token]))

    assert answer.status_code == 200
    assert "Je ne veux plus recevoir ces e-mails" in answer.content.decode()
    held = paces_of(alice)
    assert (held["news"], held["slow"]) == ("daily", "weekly")


def test_taking_back_leaves_what_was_chosen_since(client, address, token, alice):
    client.post(address)
    choose(person=alice, paces={"slow": Pace.AT_ONCE})
    client.post(reverse("notifications:take_back", args=[token]))

    assert paces_of(alice)["slow"] == "at-once"


def test_taking_back_is_for_a_page_of_this_site(token):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(reverse("notifications:take_back", args=[token])).status_code == 403


@pytest.mark.parametrize("flaw", ["cut", "changed", "invented", "nobody"])
@pytest.mark.parametrize("name", ["notifications:stop", "notifications:take_back"])
def test_a_link_that_is_not_whole_is_404_and_in_no_log(client, token, alice, flaw, name, caplog):
    if flaw == "nobody":
        alice.delete()
    bad = {"cut": token[:-3], "changed": f"x{token}", "invented": "a.b", "nobody": token}[flaw]
    with caplog.at_level(logging.WARNING):
        answer = client.post(reverse(name, args=[bad]))

    assert answer.status_code == 404
    assert bad not in caplog.text
    assert not Preference.objects.exists()


def test_a_kind_that_exists_no_more_is_left_out(client, address, monkeypatch):
    monkeypatch.delitem(registry.kinds, "slow")
    client.post(address)

    assert chosen() == {"news": "never"}


def test_a_new_key_of_the_site_leaves_old_links_at_work(client, address, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une autre clef, longue de plus de trente-deux signes"
    client.post(address)

    assert chosen()["news"] == "never"
