"""Several browsers at once, on the same button: one row, and an answer for all."""

import pytest

from connections import invitations
from connections.models import Congratulation, Recognition, RecognitionRequest
from connections.services import recognise
from notifications.models import Message, Notification
from tests.badges.views.test_races import BROWSERS, at_once, browser_of
from tests.connections.recognition.made import TEXT, asked_by_mail, badge_of, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _several_connections(on_postgresql):
    if not on_postgresql:
        pytest.skip(
            "SQLite in memory has one connection; its IMMEDIATE transactions come one after the other"
        )


def statuses(answers) -> set[int]:
    return {answer.status_code for answer in answers}


def posting(user, path, data=None):
    browser = browser_of(user)
    return lambda: browser.post(path, data or {})


def test_congratulations(alice, bob):
    path = f"/badges/{badge_of(alice).uid}/feliciter/"

    assert statuses(at_once(*(posting(bob, path) for _time in range(BROWSERS)))) == {303}
    assert (Congratulation.objects.count(), Notification.objects.count()) == (1, 1)


def test_recommendations(alice, bob):
    path = f"/badges/{badge_of(alice).uid}/recommander/"

    acts = [posting(bob, path, {"text": TEXT}) for _time in range(BROWSERS)]
    assert statuses(at_once(*acts)) == {303}
    assert (Recognition.objects.count(), Notification.objects.count()) == (1, 1)


def test_requests(alice):
    path = f"/badges/{badge_of(alice).uid}/demander-une-recommandation/"

    acts = [posting(alice, path, {"to": "prof@exemple.fr"}) for _time in range(BROWSERS)]
    assert statuses(at_once(*acts)) == {303}
    assert (RecognitionRequest.objects.count(), Message.objects.count()) == (1, 1)


def test_answers_by_a_link(client, alice, bob):
    path = f"/recommander/{invitations.token_for(asked_by_mail(badge_of(alice)))}/"

    acts = [posting(bob, path, {"name": "Jeanne", "text": TEXT}) for _time in range(BROWSERS)]
    assert statuses(at_once(*acts)) == {303}
    assert Recognition.objects.count() == 1


def test_other_words_and_an_acceptance_of_the_former(alice, bob):
    """Whichever comes first, what is shown is what the holder has read."""
    row = written(badge_of(alice), bob)
    answer = {"answer": "show", "digest": row.digest}

    at_once(
        posting(alice, f"/connexions/recommandations/{row.uid}/repondre/", answer),
        posting(bob, f"/connexions/recommandations/{row.uid}/", {"text": "Autre chose."}),
    )
    row.refresh_from_db()
    assert (row.text, row.shown) == ("Autre chose.", False)
    assert recognise.accept(recognition=row, shown=True, digest=row.digest).shown
