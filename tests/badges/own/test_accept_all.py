"""« Tout accepter »."""

import pytest

from badges.models import Assertion
from tests.factories import AssertionFactory

pytestmark = pytest.mark.django_db
HERE = "/badges/tout-accepter/"


@pytest.fixture
def waiting(alice):
    return [
        AssertionFactory(recipient_address=alice.email, recipient_name="Alice Martin", badge_class__name=name)
        for name in ("Médiation", "Atelier", "Congrès")
    ]


def sent(*badges):
    return {"badge": [str(badge.uid) for badge in badges]}


def test_all_are_ticked_and_reading_accepts_nothing(alices, waiting, read_only):
    with read_only():
        html = alices.get(HERE).content.decode()

    assert html.count(" checked") == 3
    assert "restent privés" in html


def test_what_is_ticked_is_accepted_in_private(alices, alice, waiting):
    answer = alices.post(HERE, sent(*waiting[:2]), follow=True)

    assert "2 badges sont à vous, et privés." in answer.content.decode()
    rows = Assertion.objects.order_by("pk").values_list("state", "visibility", "holder")
    assert list(rows) == [
        ("accepted", "private", alice.pk),
        ("accepted", "private", alice.pk),
        ("pending", "private", None),
    ]


def test_one_that_cannot_be_stops_no_other(alices, alice, waiting):
    AssertionFactory(badge_class=waiting[1].badge_class, accepted=True, holder=alice)

    answer = alices.post(HERE, sent(*waiting), follow=True)

    html = answer.content.decode()
    assert "2 badges sont à vous, et privés." in html
    assert "Atelier\xa0: " in html
    assert "Vous détenez déjà ce badge" in html
    assert Assertion.objects.waiting().get() == waiting[1]


def test_what_waits_for_somebody_else_is_not_there(alices, waiting):
    other = AssertionFactory(recipient_address="bob@exemple.fr", badge_class__name="De Bob")

    answer = alices.post(HERE, sent(waiting[0], other))

    assert answer.status_code == 422
    assert "De Bob" not in answer.content.decode()
    assert not Assertion.objects.filter(state="accepted").exists()


def test_a_second_click_finds_nothing_left(alices, waiting):
    alices.post(HERE, sent(*waiting))

    answer = alices.post(HERE, sent(*waiting))

    assert answer.status_code == 422
    assert "Aucun badge n’attend votre réponse" in answer.content.decode()


def test_the_list_leads_there_when_several_wait(alices, waiting):
    assert HERE in alices.get("/badges/").content.decode()
    for badge in waiting[1:]:
        badge.delete()
    assert HERE not in alices.get("/badges/").content.decode()
