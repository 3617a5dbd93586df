import pytest
from django.urls import reverse

from accounts.models import User
from tests.connections.recognition.made import accepted, badge_of, stranger, written

pytestmark = pytest.mark.django_db
LIST = "admin:connections_recognition_changelist"


def act(browser, action, row):
    return browser.post(reverse(LIST), {"action": action, "_selected_action": [row.pk]}, follow=True)


@pytest.fixture
def moderator(signed_in):
    return signed_in(User.objects.create_superuser("ada@exemple.fr", "ada a douze lettres"))


def test_a_moderator_hides_a_recommendation_and_shows_it_again(moderator, alice, bob, client):
    badge = badge_of(alice)
    row = accepted(badge, bob, "Un mot de trop.")
    page = f"/b/{badge.uid}/"
    assert "Un mot de trop." in moderator.get(reverse(LIST)).content.decode()

    act(moderator, "hide", row)
    assert "Un mot de trop." not in client.get(page).content.decode()
    act(moderator, "show", row)
    assert "Un mot de trop." in client.get(page).content.decode()


def test_what_nobody_else_reads_is_not_moderated(moderator, alice, bob):
    badge = badge_of(alice)
    written(badge, bob, "Entre nous.")
    accepted(badge, stranger(), "Gardé pour moi.", shown=False)

    html = moderator.get(reverse(LIST)).content.decode()
    assert "Entre nous." not in html
    assert "Gardé pour moi." not in html


def test_the_author_learns_of_the_moderation(moderator, alice, bob, signed_in):
    row = accepted(badge_of(alice), bob)
    act(moderator, "hide", row)

    assert "Masquée par la modération" in signed_in(bob).get(row.get_absolute_url()).content.decode()


def test_an_organiser_does_not_moderate(signed_in, olga, amcsti, alice, bob):
    accepted(badge_of(alice), bob, "Un mot de trop.")

    answer = signed_in(olga).get(reverse(LIST))
    assert answer.status_code in {302, 403, 404}
    assert "Un mot de trop." not in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_many(moderator, alice, count, django_assert_num_queries):
    badge = badge_of(alice)
    for number in range(count):
        accepted(badge, stranger(f"Autrice {number}"))
    moderator.get(reverse(LIST))

    with django_assert_num_queries(5):
        moderator.get(reverse(LIST))
