"""The pictures of people in « Connexions »."""

import pytest

from accounts.services.picture import set_picture
from connections.enums import FollowState
from connections.models import PersonFollow
from tests.factories import UserFactory
from tests.given import picture, upload

pytestmark = pytest.mark.django_db


def somebody(visibility):
    person = UserFactory(name="Dora Lue")
    person.profile.visibility = visibility
    person.profile.save()
    set_picture(profile=person.profile, upload=upload(picture()))
    return person


def follows(follower, followed):
    PersonFollow.objects.create(
        follower=follower, followed=followed, state=FollowState.ACCEPTED, answered_at=followed.date_joined
    )


def test_a_picture_stands_beside_the_name_of_an_open_profile_alone(alice, signed_in):
    shown, private = somebody("members"), somebody("private")
    follows(alice, shown)
    for follower in (shown, private):
        follows(follower, alice)
    browser = signed_in(alice)
    for path in ("/connexions/", "/connexions/abonnes/"):
        html = browser.get(path).content.decode()
        assert shown.profile.picture_url in html
        assert private.profile.picture_url not in html


@pytest.mark.parametrize("count", [1, 4])
def test_pictures_cost_no_query(count, alice, signed_in, django_assert_num_queries):
    for _ in range(count):
        person = somebody("members")
        follows(alice, person)
        follows(person, alice)
    browser = signed_in(alice)
    for path in ("/connexions/", "/connexions/abonnes/"):
        with django_assert_num_queries(10):
            browser.get(path)
