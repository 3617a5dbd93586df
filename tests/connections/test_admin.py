import pytest
from django.urls import reverse

from accounts.models import User
from connections.models import Comment
from tests.factories import BadgeClassFactory

pytestmark = pytest.mark.django_db
LIST = "admin:connections_comment_changelist"


@pytest.fixture
def comment(alice):
    return Comment.objects.create(badge_class=BadgeClassFactory(), author=alice, text="Un mot de trop.")


def act(browser, action, comment):
    return browser.post(reverse(LIST), {"action": action, "_selected_action": [comment.pk]}, follow=True)


def test_an_administrator_hides_a_comment_and_shows_it_again(signed_in, comment):
    browser = signed_in(User.objects.create_superuser("ada@exemple.fr", "ada a douze lettres"))
    page = comment.badge_class.get_absolute_url()
    assert "Un mot de trop." in browser.get(page).content.decode()

    act(browser, "hide", comment)
    assert "Un mot de trop." not in browser.get(page).content.decode()

    act(browser, "show", comment)
    assert "Un mot de trop." in browser.get(page).content.decode()


def test_an_organiser_does_not_moderate(signed_in, olga, amcsti, comment):
    answer = signed_in(olga).get(reverse(LIST))

    assert answer.status_code in {302, 403, 404}
    assert "Un mot de trop." not in answer.content.decode()
