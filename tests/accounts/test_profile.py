"""« Mon profil »: what a person tells, who sees it, search engines, and the address."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.exceptions import HandleTaken
from accounts.forms.profile import ProfileForm
from accounts.handles import KEPT_FOR, MOST_KEPT, RESERVED
from accounts.models import FormerHandle, Profile
from accounts.services.profile import change

pytestmark = pytest.mark.django_db
GOOD = {
    "first_name": "Alice",
    "last_name": "Martin",
    "about": "",
    "country": "",
    "town": "",
    "handle": "alice-martin",
    "visibility": "public",
}
TAKEN = "Cette adresse est déjà prise. Choisissez-en une autre."


@pytest.fixture
def send(alice, signed_in):
    browser = signed_in(alice)
    return lambda **fields: browser.post("/compte/profil/", {**GOOD, **fields})


def stored(user) -> Profile:
    return Profile.objects.get(user=user)


def test_what_is_told_keeps_its_lines_each_counted_once(alice, send):
    about = "a" * 249 + "\r\n" + "b" * 250

    assert send(about=about).status_code == 302
    assert stored(alice).about == about.replace("\r\n", "\n")


def test_a_profile_that_is_refused_loses_nothing(alice, send):
    response = send(about="Deux\nlignes", town="Caen", handle="!", is_indexed="on")
    html = response.content.decode()

    assert response.status_code == 422
    for part in ("Deux\nlignes</textarea>", 'value="Caen"', 'value="!"', 'id="id_is_indexed" checked'):
        assert part in html
    assert f'href="/u/{stored(alice).handle}/"' in html


def test_search_engines_are_asked_about_and_off_by_default(alice, signed_in):
    html = signed_in(alice).get("/compte/profil/").content.decode()

    assert "Les moteurs de recherche peuvent montrer mon profil" in html
    assert 'id="id_is_indexed" checked' not in html
    assert not stored(alice).is_indexed


@pytest.mark.parametrize("visibility, indexed", [("public", True), ("members", False), ("private", False)])
def test_only_a_public_profile_is_for_search_engines(alice, send, visibility, indexed):
    assert send(visibility=visibility, is_indexed="on").status_code == 302
    assert stored(alice).is_indexed is indexed


@pytest.mark.parametrize("visibility", ["members", "private"])
def test_a_profile_that_is_closed_leaves_search_engines_and_does_not_come_back_by_itself(alice, visibility):
    change(profile=alice.profile, visibility="public", is_indexed=True)
    change(profile=alice.profile, visibility=visibility)
    assert not stored(alice).is_indexed
    change(profile=alice.profile, visibility="public")
    assert not stored(alice).is_indexed


def test_an_address_is_the_same_in_capitals(alice, send, client):
    assert send(handle=" Alice-MARTIN ").status_code == 302
    assert stored(alice).handle == "alice-martin"
    assert client.get("/u/alice-martin/").status_code == 200


@pytest.mark.parametrize("handle", sorted(RESERVED)[::12])
def test_the_site_s_own_names_are_nobody_s(alice, send, error_of, handle):
    response = send(handle=handle)

    assert (response.status_code, error_of(response)) == (422, [TAKEN])
    with pytest.raises(HandleTaken):
        change(profile=alice.profile, handle=handle)
    assert stored(alice).handle not in RESERVED


def test_the_reserved_names_are_addresses_that_could_be_chosen():
    rule = Profile._meta.get_field("handle").validators
    for handle in RESERVED:
        for validate in rule:
            validate(handle)


def test_the_old_address_stops_working_and_is_said_to(alice, send, client):
    send(handle="alice-un")
    assert "personne d’autre ne peut la prendre pendant 90 jours" in send(handle="!").content.decode()
    send(handle="alice-deux")

    assert client.get("/u/alice-un/").status_code == 404
    assert client.get("/u/alice-deux/").status_code == 200


def test_an_address_that_was_left_is_kept_from_others_for_a_while(alice, bob, signed_in, error_of):
    change(profile=alice.profile, handle="alice-un")
    change(profile=alice.profile, handle="alice-deux")
    browser = signed_in(bob)

    response = browser.post("/compte/profil/", {**GOOD, "handle": "alice-un"})
    assert (response.status_code, error_of(response)) == (422, [TAKEN])
    with pytest.raises(HandleTaken):
        change(profile=bob.profile, handle="alice-un")

    FormerHandle.objects.update(freed_at=timezone.now() - KEPT_FOR - timedelta(seconds=1))
    assert browser.post("/compte/profil/", {**GOOD, "handle": "alice-un"}).status_code == 302
    assert stored(bob).handle == "alice-un"


def test_one_may_take_one_s_own_address_back(alice):
    for handle in ("alice-un", "alice-deux", "alice-un"):
        change(profile=alice.profile, handle=handle)

    assert stored(alice).handle == "alice-un"
    assert not FormerHandle.objects.filter(handle="alice-un").exists()


def test_nobody_keeps_more_than_a_few_addresses(alice):
    for n in range(MOST_KEPT + 4):
        change(profile=alice.profile, handle=f"alice-{n}")

    kept = set(FormerHandle.objects.values_list("handle", flat=True))
    assert kept == {f"alice-{n}" for n in range(3, 3 + MOST_KEPT)}


def test_saving_again_under_the_same_address_keeps_none(alice):
    change(profile=alice.profile, handle=alice.profile.handle, town="Caen")

    assert not FormerHandle.objects.exists()


def test_an_address_taken_meanwhile_is_said_beside_the_field(alice, bob, send, error_of, monkeypatch):
    """Both forms were right when they were read; the second to be written is not."""
    change(profile=bob.profile, handle="alice-martin")
    monkeypatch.setattr(ProfileForm, "validate_unique", lambda self: None)
    monkeypatch.setattr(Profile, "validate_constraints", lambda self, exclude=None: None)

    response = send(town="Caen")

    assert (response.status_code, error_of(response)) == (422, [TAKEN])
    assert 'value="Caen"' in response.content.decode()
    assert stored(alice).town == ""


def test_a_refusal_of_the_database_that_is_not_about_the_address_is_not_told_as_one(alice):
    with pytest.raises(IntegrityError, match="profile_visibility_known"):
        change(profile=alice.profile, visibility="friends")
