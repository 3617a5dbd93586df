"""Hints for a new person: there until done, or put away; three at most."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Profile
from accounts.services.hints import put_away
from connections.models import BadgeFollow, IssuerFollow, PersonFollow
from home.card import card
from home.hints import HINTS, NAMES, SHOWN, hints
from pages.models import Page
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory

pytestmark = pytest.mark.django_db


def due(person):
    """Names of all that is to be done, also beyond what is shown."""
    person.refresh_from_db()
    found = card(person)
    return {hint.name for hint in HINTS if hint.is_due(found)}


def shown(person):
    return [hint.name for hint in hints(card(type(person).objects.get(pk=person.pk)))]


def complete_profile(person):
    Profile.objects.filter(user=person).update(about="Je médiatise.")


def make_page(person):
    Page.objects.create(owner=person, title="Dix ans")


def show_badge(person):
    AssertionFactory(holder=person, public=True)


def follow_badge(person):
    BadgeFollow.objects.create(user=person, badge_class=BadgeClassFactory())


def follow_issuer(person):
    IssuerFollow.objects.create(user=person, issuer=IssuerFactory())


def ask_somebody(person, other):
    PersonFollow.objects.create(follower=person, followed=other)


def add_address(person, verified=True):
    EmailAddress.objects.create(user=person, email="travail@exemple.fr", verified=verified)


@pytest.fixture
def holder(alice):
    AssertionFactory(holder=alice, accepted=True)
    return alice


@pytest.mark.parametrize(
    "hint, act",
    [
        ("profile", complete_profile),
        ("follow", follow_badge),
        ("follow", follow_issuer),
        ("show", show_badge),
        ("page", make_page),
        ("address", add_address),
    ],
)
def test_a_hint_goes_away_when_it_is_done(holder, hint, act):
    assert due(holder) == NAMES

    act(holder)

    assert due(holder) == NAMES - {hint}


def test_asking_a_person_is_following(holder, bob):
    ask_somebody(holder, bob)

    assert due(holder) == NAMES - {"follow"}


@pytest.mark.parametrize("lost", ["first_name", "last_name", "about"])
def test_a_profile_lacks_what_it_lacks(holder, lost):
    complete_profile(holder)
    Profile.objects.filter(user=holder).update(**{lost: ""})

    assert "profile" in due(holder)


def test_what_others_do_changes_nothing(holder, bob):
    for act in (complete_profile, follow_badge, make_page, show_badge, add_address):
        act(bob)

    assert due(holder) == NAMES


def test_an_address_that_is_not_proved_receives_nothing_yet(holder):
    add_address(holder, verified=False)

    assert "address" in due(holder)


@pytest.mark.parametrize(
    "award", [None, {"accepted": True, "revoked": True}], ids=["no badge", "a revoked one"]
)
def test_who_holds_nothing_to_show_is_not_asked_to(alice, award):
    if award:
        AssertionFactory(holder=alice, **award)

    assert due(alice) == NAMES - {"show"}


def test_a_public_badge_that_is_put_away_is_public_all_the_same(holder):
    AssertionFactory(holder=holder, public=True, archived_at=timezone.now())

    assert "show" not in due(holder)


def test_a_badge_for_members_is_not_public(holder):
    AssertionFactory(holder=holder, members=True)

    assert "show" in due(holder)


def test_three_at_most_and_the_next_one_follows(holder):
    assert shown(holder) == ["profile", "follow", "show"]
    assert len(shown(holder)) == SHOWN
    complete_profile(holder)
    assert shown(holder) == ["follow", "show", "page"]


def test_a_hint_is_put_away_for_good_and_for_oneself(holder, bob, signed_in):
    browser = signed_in(holder)
    html = browser.get("/accueil/").content.decode()
    assert "Complétez votre profil" in html
    assert 'action="/accueil/conseils/profile/ranger/"' in html

    for _click in range(2):
        answer = browser.post("/accueil/conseils/profile/ranger/")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/accueil/")
    html = browser.get("/accueil/").content.decode()
    assert "Ce conseil ne sera plus affiché." in html
    assert "Complétez votre profil" not in html
    assert Profile.objects.get(user=holder).hints_away == ["profile"]
    assert Profile.objects.get(user=bob).hints_away == []
    assert "profile" in shown(bob)


def test_two_hints_put_away_at_once_are_both_away(holder):
    """Each starts from the row as it is, not from what its page had read."""
    earlier = type(holder).objects.select_related("profile").get(pk=holder.pk)
    put_away(user=holder, hint="page")
    put_away(user=earlier, hint="follow")

    assert Profile.objects.get(user=holder).hints_away == ["page", "follow"]


def test_all_put_away_leave_nothing(holder):
    for name in NAMES:
        put_away(user=holder, hint=name)

    assert shown(holder) == []


@pytest.mark.parametrize("method, name, status", [("post", "autre", 404), ("get", "profile", 405)])
def test_only_a_hint_is_put_away_and_by_post(alice, signed_in, method, name, status):
    assert getattr(signed_in(alice), method)(f"/accueil/conseils/{name}/ranger/").status_code == status
    assert Profile.objects.get(user=alice).hints_away == []


def test_a_visitor_has_no_hints(client):
    answer = client.post("/accueil/conseils/profile/ranger/")

    assert answer.headers["Location"].startswith("/compte/connexion/")
