"""The bell in the header and the page behind it: what may be seen, and nothing else, at a constant cost."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import telling
from notifications.models import Notification
from notifications.services import read
from notifications.services.notify import notify

pytestmark = pytest.mark.django_db
PAGE = "/notifications/"


def bell(html: str) -> str:
    """What the header says beside the bell."""
    link = re.search(r'<a class="tool" href="/notifications/"[^>]*>(.*?)</a>', html, re.DOTALL)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", link)).strip()


def shown(html: str) -> list[str]:
    return re.findall(r"Nouvelle (\w+)", html)


@pytest.fixture
def tell(news, alice):
    def write(*subjects, kind: str = "news", person=alice, **fields) -> list[Notification]:
        rows = [notify(kind=kind, person=person, subject=subject) for subject in subjects]
        Notification.objects.filter(pk__in=[row.pk for row in rows]).update(**fields)
        return rows

    return write


@pytest.fixture
def hers(alice, signed_in):
    return signed_in(alice)


def page(browser, query: str = "") -> str:
    return browser.get(PAGE + query).content.decode()


@pytest.mark.parametrize(
    "count, said",
    [(0, "Notifications"), (1, "Notifications (1 non lue) 1"), (9, "Notifications (9 non lues) 9")],
)
def test_the_bell_counts_what_was_not_read(tell, hers, count, said):
    tell(*range(count))

    assert bell(hers.get("/badges/").content.decode()) == said


def test_the_number_is_bounded_and_the_words_are_not(tell, hers):
    tell(*range(12))

    assert bell(hers.get("/badges/").content.decode()) == "Notifications (12 non lues) 9+"


def test_the_bell_counts_neither_what_is_read_nor_anothers_nor_what_may_not_be_seen(tell, hers, news, bob):
    tell("read", read_at=timezone.now())
    tell("his", person=bob)
    tell("gone", "mine")
    news.hidden = {"gone"}

    assert bell(hers.get("/badges/").content.decode()) == "Notifications (1 non lue) 1"


def test_a_kind_that_exists_no_more_is_passed_over(tell, hers, alice):
    tell("mine")
    Notification.objects.create(key="old", person=alice, kind="abolished", subject="x")

    assert bell(page(hers)) == "Notifications (1 non lue) 1"
    assert shown(page(hers)) == ["mine"]


def test_the_count_looks_at_the_newest_only(tell, news, alice, monkeypatch):
    monkeypatch.setattr(telling, "WINDOW", 2)
    tell(1, 2, 3)

    assert telling.unread_count(alice) == 2


def test_no_bell_before_one_is_signed_in(client):
    assert "/notifications/" not in client.get("/").content.decode()


def test_the_page_lists_by_day_the_newest_first(tell, hers, time_machine):
    time_machine.move_to("2026-11-24T11:00:00Z", tick=False)
    now = timezone.now()
    # 23:30 UTC on the 22nd is the 23rd in Paris.
    tell("older", created_at=now - timedelta(days=5))
    tell("yesterday", created_at="2026-11-22T23:30:00Z")
    tell("today", created_at=now - timedelta(hours=1))
    html = page(hers)

    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", html) == ["Aujourd’hui", "Hier", "19 novembre 2026"]
    assert shown(html) == ["today", "yesterday", "older"]


def test_what_is_read_is_a_link_and_what_is_not_a_button(tell, hers):
    tell("old", read_at=timezone.now())
    (row,) = tell("new")
    html = page(hers)

    assert f'action="/notifications/{row.uid}/ouvrir/"' in html
    assert html.count("(non lue)") == 1
    assert '<a class="news__open" href="/badges/?n=old">' in html


def test_the_page_shows_neither_anothers_nor_what_may_not_be_seen(tell, hers, news, bob, signed_in):
    tell("mine", "secret")
    tell("his", person=bob)
    assert sorted(shown(page(hers))) == ["mine", "secret"]
    news.hidden = {"secret"}

    assert shown(page(hers)) == ["mine"]
    assert shown(page(signed_in(bob))) == ["his"]


def test_what_a_line_says_is_never_markup(tell, hers, news):
    tell("<b>x</b>")

    assert "<b>x</b>" not in page(hers)
    assert "&lt;b&gt;x" in page(hers)


def test_looking_writes_nothing(tell, hers, read_only):
    tell(1)
    with read_only():
        assert hers.get(PAGE).status_code == 200

    assert Notification.objects.unread().count() == 1


def test_an_empty_page_says_what_will_come(hers):
    html = page(hers)

    assert "Rien pour l’instant" in html
    assert "Tout marquer comme lu" not in html


def test_a_page_of_which_nothing_may_be_seen_leads_on(tell, hers, news, monkeypatch):
    monkeypatch.setattr("notifications.views.bell.SIZE", 2)
    tell(*"abcd")
    news.hidden = {"c", "d"}
    first = page(hers)

    assert shown(first) == []
    assert "ne peut plus être vu" in first
    assert shown(page(hers, re.search(r'href="([^"]+)" rel="next"', first)[1])) == ["b", "a"]


def test_pages_follow_each_other(tell, hers, monkeypatch):
    monkeypatch.setattr("notifications.views.bell.SIZE", 2)
    tell(*"abc")
    first = page(hers)
    second = page(hers, re.search(r'href="([^"]+)" rel="next"', first)[1])

    assert (shown(first), shown(second)) == (["c", "b"], ["a"])
    assert shown(page(hers, re.search(r'href="([^"]+)" rel="prev"', second)[1])) == ["c", "b"]
    assert shown(page(hers, "?apres=nonsense")) == ["c", "b"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_with_one_and_many(tell, hers, number, django_assert_num_queries):
    tell(*range(number))
    # Session, account, statement in force (two: none is), list, whether any is unread, bell, name, waiting badges.
    with django_assert_num_queries(9):
        hers.get(PAGE)


def test_each_kind_is_asked_once_for_all(tell, news, alice):
    tell(*range(30))
    telling.unread_count(alice)

    assert news.asked == 1


def test_opening_reads_and_leads_there(tell, hers):
    first, second = tell("a", "b")
    answer = hers.post(f"/notifications/{first.uid}/ouvrir/")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/badges/?n=a")
    assert list(Notification.objects.unread()) == [second]
    when = Notification.objects.get(pk=first.pk).read_at
    assert hers.post(f"/notifications/{first.uid}/ouvrir/").status_code == 303
    assert Notification.objects.get(pk=first.pk).read_at == when


@pytest.mark.parametrize("case", ["anothers", "hidden", "invented"])
def test_opening_what_is_not_ones_own_or_not_to_be_seen_is_404(tell, hers, news, bob, case):
    (row,) = tell("x", person=bob) if case == "anothers" else tell("x")
    news.hidden = {"x"} if case == "hidden" else set()
    uid = uuid.uuid4() if case == "invented" else row.uid

    assert hers.post(f"/notifications/{uid}/ouvrir/").status_code == 404
    assert Notification.objects.unread().count() == 1


def test_everything_is_marked_as_read_up_to_what_was_seen(tell, hers, bob):
    tell("his", person=bob)
    tell("seen", created_at=timezone.now() - timedelta(hours=1))
    until = re.search(r'name="until" value="([^"]+)"', page(hers))[1]
    tell("later", created_at=timezone.now() + timedelta(seconds=1))
    answer = hers.post("/notifications/tout-lire/", {"until": until})

    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert sorted(Notification.objects.unread().values_list("subject", flat=True)) == ["his", "later"]
    assert hers.post("/notifications/tout-lire/", {"until": until}).status_code == 303


@pytest.mark.parametrize("data", [{}, {"until": "yesterday"}, {"until": "\0"}])
def test_who_does_not_say_when_means_now(tell, hers, data):
    tell("a", "b")
    hers.post("/notifications/tout-lire/", data)

    assert not Notification.objects.unread().exists()


def test_what_is_half_a_year_old_is_forgotten(tell, monkeypatch):
    monkeypatch.setattr(read, "CHUNK", 2)
    now = timezone.now()
    tell("a", "b", "c", created_at=now - timedelta(days=181))
    tell("kept", created_at=now - timedelta(days=179))

    assert read.purge() == 3
    assert list(Notification.objects.values_list("subject", flat=True)) == ["kept"]


def test_what_one_did_goes_with_ones_account(news, alice, bob):
    notify(kind="news", person=alice, subject="7", actor=bob)
    bob.delete()

    assert not Notification.objects.exists()
