"""How soon each kind comes by mail: a page, and what already waits follows the choice."""

import re

import pytest

from notifications import registry
from notifications.enums import Pace
from notifications.models import Message, Notification, Preference
from notifications.services.choose import choose, paces_of
from notifications.services.notify import notify

pytestmark = pytest.mark.django_db
PAGE = "/notifications/preferences/"
NOON = "2026-11-24T11:00:00Z"
MORNING, MONDAY = "2026-11-25", "2026-11-30"


@pytest.fixture
def hers(alice, signed_in):
    return signed_in(alice)


@pytest.fixture(autouse=True)
def two_kinds(register_news, monkeypatch):
    monkeypatch.setattr(registry, "kinds", registry.kinds)
    for name in list(registry.kinds):
        monkeypatch.delitem(registry.kinds, name)
    register_news("first", label="La première")
    register_news("second", Pace.NEVER, label="La seconde")


def checked(html: str) -> dict[str, str]:
    boxes = re.findall(r"<input[^>]*type=\"radio\"[^>]*>", html)
    return {
        re.search(r'name="([^"]+)"', box)[1]: re.search(r'value="([^"]+)"', box)[1]
        for box in boxes
        if " checked" in box
    }


def test_the_page_has_four_choices_for_each_kind(hers, read_only):
    with read_only():
        html = hers.get(PAGE).content.decode()

    assert re.findall(r"<legend[^>]*>([^<]+)</legend>", html) == ["La première", "La seconde"]
    assert html.count('type="radio"') == 8
    assert checked(html) == {"first": "daily", "second": "never"}
    for words in ("Tout de suite", "Une fois par jour", "Une fois par semaine", "Jamais"):
        assert html.count(words) == 2


def test_the_page_of_settings_leads_there(hers):
    assert f'href="{PAGE}"' in hers.get("/compte/").content.decode()


def test_a_choice_is_kept_and_shown(hers, alice, bob):
    answer = hers.post(PAGE, {"first": "weekly", "second": "at-once"}, follow=True)

    assert answer.redirect_chain == [(PAGE, 303)]
    assert "Vos choix sont enregistrés." in answer.content.decode()
    assert checked(answer.content.decode()) == {"first": "weekly", "second": "at-once"}
    assert (paces_of(alice), paces_of(bob)) == (
        {"first": "weekly", "second": "at-once"},
        {"first": "daily", "second": "never"},
    )


def test_what_was_not_touched_keeps_following_its_kind(hers, alice):
    hers.post(PAGE, {"first": "daily", "second": "weekly"})
    hers.post(PAGE, {"first": "daily", "second": "weekly"})

    assert list(Preference.objects.values_list("kind", "pace")) == [("second", "weekly")]


@pytest.mark.parametrize("data", [{}, {"first": "daily"}, {"first": "hourly", "second": "never"}])
def test_odd_input_gets_a_sentence_and_keeps_nothing(hers, data):
    answer = hers.post(PAGE, data)

    assert answer.status_code == 422
    assert "Choisissez une des quatre réponses." in answer.content.decode()
    assert not Preference.objects.exists()


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_the_same_for_two_kinds_and_many(
    hers, alice, register_news, number, django_assert_num_queries
):
    for n in range(number):
        register_news(f"more-{n}")
        Preference.objects.create(person=alice, kind=f"more-{n}", pace=Pace.WEEKLY)
    # Session, account, statement in force (two: none is), choices, bell, name in the header, waiting badges.
    with django_assert_num_queries(8):
        hers.get(PAGE)


@pytest.mark.parametrize(
    "before, after, day",
    [
        (Pace.DAILY, Pace.WEEKLY, MONDAY),
        (Pace.WEEKLY, Pace.DAILY, MORNING),
        (Pace.DAILY, Pace.NEVER, None),
        # What has waited does not leave at once: it is not new.
        (Pace.WEEKLY, Pace.AT_ONCE, MORNING),
        # What nobody wanted by mail is not mailed now.
        (Pace.NEVER, Pace.DAILY, None),
    ],
)
def test_what_waits_follows_a_change(alice, bob, time_machine, before, after, day):
    time_machine.move_to(NOON, tick=False)
    for person in (alice, bob):
        choose(person=person, paces={"first": before})
        notify(kind="first", person=person, subject="1")
    other = notify(kind="first", person=bob, subject="1").digest_at
    choose(person=alice, paces={"first": after})

    found = Notification.objects.get(person=alice).digest_at
    assert (found and found.date().isoformat()) == day
    assert Notification.objects.get(person=bob).digest_at == other
    assert not Message.objects.exists()
