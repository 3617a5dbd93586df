"""The picture of a profile: given, replaced, taken away; and who may see it at its address."""

import re

import pytest

from accounts.models import File, Profile
from accounts.registry import FileUse, Place
from accounts.services import picture as service
from accounts.services.picture import remove_picture, set_picture
from connections.models import Block
from tests.given import pdf, picture, upload
from tests.sharing.conftest import without_tokens

pytestmark = pytest.mark.django_db
PATH = "/compte/profil/photo/"


@pytest.fixture
def browser(alice, signed_in):
    return signed_in(alice)


@pytest.fixture
def shown(alice):
    set_picture(profile=alice.profile, upload=upload(picture(), "moi.jpg"))
    return alice.profile


def stored(user) -> File | None:
    return Profile.objects.get(user=user).picture


def test_a_picture_is_given_and_shown_in_the_place_of_initials(alice, browser):
    assert '<span class="avatar avatar--xl' in browser.get(PATH).content.decode()

    response = browser.post(PATH, {"picture": upload(picture(), "moi.jpg")})

    assert (response.status_code, response.headers["Location"]) == (303, PATH)
    html = browser.get(PATH).content.decode()
    assert "La photo est sur votre profil." in html
    address = f"/compte/fichiers/{stored(alice).uid}/image/480/"
    assert f'<img class="avatar avatar--xl" src="{address}" alt="Alice Martin"' in html
    assert f'<img class="avatar avatar--s" src="{address}" alt=""' in html  # in the header, beside the name
    assert browser.get(address).status_code == 200


@pytest.mark.parametrize(
    "data, sentence",
    [
        ({}, "Choisissez d’abord une photo."),
        ({"picture": lambda: upload(b"", "vide.png")}, None),
        ({"picture": lambda: upload(b"<svg/>", "moi.png")}, None),
        ({"picture": lambda: upload(pdf(), "moi.pdf")}, None),
    ],
)
def test_what_is_no_picture_is_refused_and_the_one_before_stays(
    alice, shown, browser, error_of, data, sentence
):
    before = stored(alice)

    response = browser.post(PATH, {name: make() for name, make in data.items()})

    assert (response.status_code, len(error_of(response))) == (422, 1)
    assert sentence is None or error_of(response) == [sentence]
    assert stored(alice) == before


def test_another_picture_takes_the_place_of_the_first_which_is_deleted(alice, shown, browser):
    before = stored(alice)
    browser.post(PATH, {"picture": upload(picture(size=(200, 300)), "autre.jpg")})

    assert stored(alice) != before
    assert list(File.objects.of(alice)) == [stored(alice)]


def test_the_same_picture_again_changes_nothing(alice, shown, browser):
    before = stored(alice)
    browser.post(PATH, {"picture": upload(picture(), "moi.jpg")})

    assert stored(alice) == before
    assert File.objects.count() == 1


def test_a_picture_is_taken_away(alice, shown, browser):
    assert browser.post(PATH, {"remove": "on"}).status_code == 303
    assert browser.post(PATH, {"remove": "on"}).status_code == 303  # a double click

    assert stored(alice) is None
    assert not File.objects.exists()


def test_a_picture_that_a_page_shows_too_is_kept(alice, shown, monkeypatch):
    elsewhere = FileUse(
        lambda viewer, file: False, lambda files: {f.pk: [Place("Ma page", "/")] for f in files}
    )
    monkeypatch.setattr(service, "file_uses", [elsewhere])

    remove_picture(profile=shown)

    assert stored(alice) is None
    assert File.objects.count() == 1


def test_a_file_that_is_deleted_leaves_the_profile(alice, shown, browser):
    browser.post(f"/compte/fichiers/{shown.picture.uid}/supprimer/")

    assert stored(alice) is None
    assert '<span class="avatar avatar--xl' in browser.get(PATH).content.decode()


def test_one_s_files_say_that_it_is_the_profile_s(shown, browser):
    html = browser.get("/compte/fichiers/").content.decode()

    assert re.search(rf'<a href="{PATH}">Photo de mon profil</a>', html)


@pytest.mark.parametrize(
    "visibility, expected",
    [("private", (200, 404, 404)), ("members", (200, 200, 404)), ("public", (200, 200, 200))],
)
def test_who_may_see_the_picture(
    alice, bob, client, shown, browser, signed_in, read_only, visibility, expected
):
    shown.visibility = visibility
    shown.save()
    address = shown.picture_url
    unknown = f"/compte/fichiers/{'0' * 8}-0000-4000-8000-{'0' * 12}/image/480/"

    for reader, status in zip([browser, signed_in(bob), client], expected, strict=True):
        with read_only():
            answer = reader.get(address)
        assert answer.status_code == status
        if status == 404:
            assert without_tokens(answer) == without_tokens(reader.get(unknown))
        assert "noindex" in answer.headers["X-Robots-Tag"]


@pytest.mark.parametrize("visibility, expected", [("members", 404), ("public", 200)])
def test_whom_the_owner_has_blocked_sees_what_everybody_does(
    alice, bob, shown, signed_in, visibility, expected
):
    shown.visibility = visibility
    shown.save()
    browser = signed_in(bob)
    assert browser.get(shown.picture_url).status_code == 200

    Block.objects.create(person=alice, blocked=bob)

    assert browser.get(shown.picture_url).status_code == expected


def test_a_picture_that_was_replaced_or_whose_account_is_closed_is_unknown(alice, client, shown):
    shown.visibility = "public"
    shown.save()
    before = shown.picture_url
    assert client.get(before).status_code == 200
    set_picture(profile=shown, upload=upload(picture(size=(200, 300)), "autre.jpg"))
    assert client.get(before).status_code == 404
    assert client.get(shown.picture_url).status_code == 200

    alice.is_active = False
    alice.save()
    assert client.get(shown.picture_url).status_code == 404
