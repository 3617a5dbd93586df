"""« Badges de mon profil »: which stand there, and in which order."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from badges.models import Assertion
from badges.views import profile_badges
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db
PATH = "/badges/profil/"
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def browser(alice, signed_in):
    return signed_in(alice)


@pytest.fixture
def award(alice):
    def make(name: str, day: int = 0, **fields):
        badge_class = BadgeClassFactory(name=name)
        accepted = {"holder": alice, "accepted_at": START + timedelta(days=day)}
        return AssertionFactory(badge_class=badge_class, **{"public": True, **accepted, **fields})

    return make


@pytest.fixture
def three(award):
    return {name: award(name, day) for day, name in enumerate(("Trois", "Deux", "Un"))}


def names(browser) -> list[str]:
    html = browser.get(PATH).content.decode()
    return re.findall(r'class="arrange__name"[^>]*>\d+\. ([^<]+)</span>', html)


def test_badges_that_others_may_see_are_listed_in_order(browser, three):
    assert names(browser) == ["Un", "Deux", "Trois"]


def test_what_nobody_else_sees_is_only_counted(browser, award, bob, alice):
    award("Membrine", members=True, public=False)
    award("Secretine", accepted=True, public=False)
    award("Retirette", revoked=True)
    AssertionFactory(badge_class__name="Attentine", recipient_address=alice.email)
    AssertionFactory(badge_class__name="Etrangere", public=True, holder=bob)

    assert names(browser) == ["Membrine"]
    html = browser.get(PATH).content.decode()
    assert "1 badge privé n’y figure pas" in html.replace("\u00a0", " ")
    assert not [name for name in ("Secretine", "Retirette", "Attentine", "Etrangere") if name in html]


@pytest.mark.parametrize(
    "action, name, expected",
    [
        ("up", "Deux", ["Deux", "Un", "Trois"]),
        ("down", "Deux", ["Un", "Trois", "Deux"]),
        ("up", "Un", ["Un", "Deux", "Trois"]),
        ("down", "Trois", ["Un", "Deux", "Trois"]),
    ],
)
def test_buttons_move_a_badge_and_lead_back_to_it(browser, three, action, name, expected):
    response = browser.post(PATH, {"action": f"{action}:{three[name].uid}"})

    assert (response.status_code, response.headers["Location"]) == (303, f"{PATH}#badge-{three[name].uid}")
    assert names(browser) == expected


def test_an_order_that_was_dragged_is_kept_and_said(browser, three):
    order = ",".join(str(three[name].uid) for name in ("Trois", "Un", "Deux"))

    response = browser.post(PATH, {"order": order}, headers={"HX-Request": "true"})

    assert response.content.decode().strip() == "L’ordre est enregistré."
    assert names(browser) == ["Trois", "Un", "Deux"]


def test_a_drag_and_then_a_button_are_both_kept(browser, three):
    order = ",".join(str(three[name].uid) for name in ("Trois", "Un", "Deux"))
    browser.post(PATH, {"order": order, "action": f"hide:{three['Un'].uid}"})

    assert names(browser) == ["Trois", "Un", "Deux"]
    assert not Assertion.objects.get(uid=three["Un"].uid).on_profile


def test_a_badge_is_taken_off_and_shown_again(browser, client, alice, three):
    alice.profile.visibility = "public"
    alice.profile.save()

    browser.post(PATH, {"action": f"hide:{three['Deux'].uid}"})
    assert "Hors du profil" in browser.get(PATH).content.decode()
    assert "Deux" not in client.get(f"/u/{alice.profile.handle}/").content.decode()
    assert client.get(f"/b/{three['Deux'].uid}/").status_code == 200

    browser.post(PATH, {"action": f"show:{three['Deux'].uid}"})
    assert "Deux" in client.get(f"/u/{alice.profile.handle}/").content.decode()


@pytest.mark.parametrize("action", ["explode:x", "up", "up:1", "hide:00000000-0000-4000-8000-00000000000G"])
def test_what_makes_no_sense_changes_nothing(browser, three, action):
    assert browser.post(PATH, {"action": action}).status_code == 422
    assert names(browser) == ["Un", "Deux", "Trois"]


def test_somebody_else_s_badge_is_not_touched(browser, bob, three):
    other = AssertionFactory(public=True, holder=bob)

    for action in ("hide", "up", "down"):
        assert (
            browser.post(PATH, {"action": f"{action}:{other.uid}", "order": str(other.uid)}).status_code
            == 303
        )

    other.refresh_from_db()
    assert (other.on_profile, other.position) == (True, 0)


def test_with_very_many_the_first_can_be_moved_and_the_page_says_so(browser, three, monkeypatch):
    monkeypatch.setattr(profile_badges, "MOST", 2)

    assert names(browser) == ["Un", "Deux"]
    assert "Les 2 premiers badges" in browser.get(PATH).content.decode()
    browser.post(PATH, {"action": f"down:{three['Un'].uid}"})
    assert names(browser) == ["Deux", "Un"]


def test_an_empty_page_says_why(browser):
    assert "Vous ne montrez encore aucun badge" in browser.get(PATH).content.decode()


def test_query_budget(browser, award, django_assert_num_queries):
    """Nine with the header; the badges, their number, how many are private: three."""
    award("Un")
    with django_assert_num_queries(10):
        browser.get(PATH)
    for n in range(12):
        award(f"Autre {n}")
    with django_assert_num_queries(10):
        browser.get(PATH)
