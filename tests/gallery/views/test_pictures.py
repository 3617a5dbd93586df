"""A person's picture beside their name, wherever that stands: for who may open the profile; else initials."""

import pytest

from accounts.models import Profile
from accounts.services.picture import set_picture
from connections.services.comment import comment
from pages.forms import new_block
from pages.services.make import create
from pages.services.show import open_link, show
from pages.services.write import write
from sharing.page_offer import secret_address
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory
from tests.given import picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(alice):
    """Addresses where Alice is named, with her picture if the reader may see it."""
    badge_class = BadgeClassFactory(slug="b")
    AssertionFactory(badge_class=badge_class, holder=alice, public=True, recipient_name="Alice Martin")
    said = BadgeClassFactory(slug="c")
    comment(author=alice, badge_class=said, text="Merci.")
    signed = create(owner=alice, title="Signée")
    show(page=signed, visibility="public")
    presented = create(owner=alice, title="Présentée")
    content = {"title": "Présentée", "description": "", "theme": "passport", "blocks": [new_block("profile")]}
    write(page=presented, content=content)
    show(page=presented, visibility="public")
    open_link(page=signed)
    set_picture(profile=alice.profile, upload=upload(picture()))
    return {
        "recipients": "/galerie/badges/b/",
        "comments": "/galerie/badges/c/",
        "signed page": f"/p/{signed.uid}/",
        "page with a profile": f"/p/{presented.uid}/",
        "secret link": secret_address(signed).removeprefix("http://localhost:8000"),
    }


def shows(browser, address: str, profile) -> bool:
    html = browser.get(address).content.decode()
    main = html[html.index("<main") :]
    assert "Alice Martin" in main
    pictured, initials = profile.picture_url in main, ">AM</span>" in main
    assert pictured != initials
    return pictured


@pytest.mark.parametrize(
    "visibility, members, everybody",
    [("private", False, False), ("members", True, False), ("public", True, True)],
)
def test_a_picture_is_for_who_may_open_the_profile(
    alice, bob, client, signed_in, settings, places, visibility, members, everybody
):
    Profile.objects.filter(user=alice).update(visibility=visibility)
    for place, address in places.items():
        path = address.removeprefix(settings.SITE_URL)
        assert (place, shows(client, path, alice.profile)) == (place, everybody)
        by_everybody = place == "secret link"
        expected = everybody if by_everybody else members
        assert (place, shows(signed_in(bob), path, alice.profile)) == (place, expected)


def test_a_closed_account_shows_no_picture(alice, client, places):
    Profile.objects.filter(user=alice).update(visibility="public")
    alice.is_active = False
    alice.save()

    assert not shows(client, places["recipients"], alice.profile)


def test_profiles_of_the_gallery_show_theirs(alice, bob, client, signed_in):
    set_picture(profile=alice.profile, upload=upload(picture()))
    for visibility, seen in (
        ("private", (False, False)),
        ("members", (False, True)),
        ("public", (True, True)),
    ):
        Profile.objects.filter(user=alice).update(visibility=visibility)
        pages = [browser.get("/galerie/profils/").content.decode() for browser in (client, signed_in(bob))]
        assert tuple(alice.profile.picture_url in html for html in pages) == seen


@pytest.mark.parametrize(
    "address, budget", [("/galerie/profils/", 4), ("/galerie/badges/b/", 4), ("/galerie/badges/c/", 4)]
)
def test_pictures_cost_no_query_however_many_they_are(client, address, budget, django_assert_num_queries):
    badge_class, said = BadgeClassFactory(slug="b"), BadgeClassFactory(slug="c")

    def person(n: int) -> None:
        user = UserFactory(name=f"Personne {n}")
        AssertionFactory(badge_class=badge_class, holder=user, public=True, recipient_name=f"Personne {n}")
        comment(author=user, badge_class=said, text="Merci.")
        set_picture(profile=user.profile, upload=upload(picture(size=(40, 40 + n))))

    def measure(number: int) -> None:
        Profile.objects.update(visibility="public")
        with django_assert_num_queries(budget):
            html = client.get(address).content.decode()
        assert html.count("/image/480/") == number

    person(0)
    measure(1)
    for n in range(1, 6):
        person(n)
    measure(6)


def test_a_portrait_follows_the_order_of_the_profile(alice, client):
    Profile.objects.filter(user=alice).update(visibility="public")
    images = [f"{n}" * 64 for n in range(5)]
    for place, image in zip((4, 1, 3, 2, 0), images, strict=True):
        badge_class = BadgeClassFactory(image=f"{image}.png")
        AssertionFactory(
            badge_class=badge_class, holder=alice, public=True, position=place, on_profile=place != 0
        )

    html = client.get("/galerie/profils/").content.decode()

    assert sorted((html.index(image), n) for n, image in enumerate(images) if image in html) == sorted(
        (html.index(images[n]), n) for n in (1, 3, 2)
    )
    assert [n for _at, n in sorted((html.index(images[n]), n) for n in (1, 3, 2))] == [1, 3, 2]
    assert ">4 badges</span>" in html
