"""« Modifier plusieurs badges »: the preview tells what happens, « Annuler » brings it back."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from badges.models import Assertion, BadgeTag
from badges.services.rebuild import rebuild
from tests.factories import AssertionFactory

pytestmark = pytest.mark.django_db
HERE = "/badges/modifier/"


def levels(*badges):
    return [Assertion.objects.get(pk=badge.pk).visibility for badge in badges]


def words(badge):
    return [tag.name for tag in badge.tags.all()]


def sent(badges, **wish):
    return {"badge": [str(badge.uid) for badge in badges], **wish}


def plain(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " "))


def test_the_preview_says_what_would_change_and_changes_nothing(alices, hold):
    one, two = hold("Médiation", "Atelier")
    hidden = hold("Secret", name_listed=False)
    gone = hold("Retiré", revoked=True)

    shown = plain(alices.post(HERE, sent([one, two, hidden, gone], visibility="public", add="congrès")))

    assert "3 badges deviennent publics" in shown
    assert "« Alice Martin » figure parmi ses bénéficiaires" in shown
    assert "Votre nom ne figure pas dans la liste" in shown
    assert "Retiré : Ce badge a été retiré par son émetteur." in shown
    assert levels(one, two, hidden, gone) == ["private"] * 4
    assert not BadgeTag.objects.exists()


def test_it_is_done_and_brought_back(alices, hold):
    one, two, other = hold("Médiation", "Atelier", "Ailleurs")
    BadgeTag.objects.create(assertion=one, name="vieux")
    wish = sent([one, two], visibility="members", add="congrès, Été", remove="VIEUX")

    answer = alices.post(HERE, wish | {"sure": "on"})
    assert (answer.status_code, answer["Location"]) == (303, "/badges/")
    assert levels(one, two, other) == ["members", "members", "private"]
    assert (words(one), words(two)) == (["congrès", "Été"], ["congrès", "Été"])
    one.badge_class.refresh_from_db()
    assert (one.badge_class.public_recipients, one.badge_class.member_recipients) == (0, 1)
    assert "peut être annulée" in plain(alices.get("/badges/"))

    answer = alices.post("/badges/modifier/annuler/", follow=True)
    assert "2 badges sont comme avant." in plain(answer)
    assert levels(one, two) == ["private", "private"]
    assert (words(one), words(two)) == (["vieux"], [])
    one.badge_class.refresh_from_db()
    assert one.badge_class.member_recipients == 0
    assert "peut être annulée" not in plain(alices.get("/badges/"))
    assert "rien à rétablir" in plain(alices.post("/badges/modifier/annuler/", follow=True))


def test_the_figures_of_the_gallery_do_not_drift(alices, hold):
    badges = hold(*[f"Badge {n}" for n in range(5)], visibility="members")
    alices.post(HERE, sent(badges, visibility="public", sure="on"))
    assert list(rebuild(dry_run=True)) == []
    alices.post("/badges/modifier/annuler/")
    assert list(rebuild(dry_run=True)) == []


def test_what_changed_since_is_left_alone(alices, hold):
    one, two = hold("Médiation", "Atelier")
    alices.post(HERE, sent([one, two], visibility="public", sure="on"))
    alices.post(f"/badges/{two.uid}/visibilite/", {"visibility": "members"})

    alices.post("/badges/modifier/annuler/")

    assert levels(one, two) == ["private", "members"]


def test_an_hour_later_nothing_is_brought_back(alices, hold, time_machine):
    badge = hold("Médiation")
    alices.post(HERE, sent([badge], visibility="members", sure="on"))
    time_machine.move_to(timezone.now() + timedelta(seconds=3_601))

    assert "rien à rétablir" in plain(alices.post("/badges/modifier/annuler/", follow=True))
    assert levels(badge) == ["members"]


def test_others_badges_are_not_there(alices, hold, bob):
    mine = hold("Médiation")
    his = AssertionFactory(accepted=True, holder=bob, badge_class__name="De Bob")

    answer = alices.post(HERE, sent([mine, his], visibility="public", sure="on"))

    assert answer.status_code == 422
    assert "L’un de ces badges n’est plus là" in answer.content.decode()
    assert "De Bob" not in answer.content.decode()
    assert levels(mine, his) == ["private", "private"]


@pytest.mark.parametrize(
    "wish, sentence",
    [
        ({}, "Choisissez ce qui change"),
        ({"add": "x" * 41}, "un mot-clé a 40 caractères au plus"),
        ({"add": ",".join(f"m{n}" for n in range(21))}, "Gardez 20 mots-clés au plus"),
        ({"visibility": "everybody"}, "Sélectionnez un choix valide"),
    ],
)
def test_a_wish_that_makes_no_sense_is_said_and_nothing_is_lost(alices, hold, wish, sentence):
    badge = hold("Médiation")

    answer = alices.post(HERE, sent([badge], sure="on", **wish))

    assert answer.status_code == 422
    assert sentence in plain(answer)
    assert f'value="{badge.uid}" checked' in answer.content.decode()
    assert levels(badge) == ["private"]


def test_nothing_ticked(alices, hold):
    hold("Médiation")

    answer = alices.post(HERE, {"visibility": "public", "sure": "on"})

    assert "Cochez au moins un badge." in plain(answer)


def test_a_badge_has_room_for_twenty_words(alices, hold):
    badge = hold("Médiation")
    for n in range(19):
        BadgeTag.objects.create(assertion=badge, name=f"mot {n}")

    alices.post(HERE, sent([badge], add="un, deux", sure="on"))

    assert badge.tags.count() == 20


def test_reading_writes_nothing_and_costs_the_same(alices, hold, read_only, django_assert_num_queries):
    hold("Un")
    alices.get(HERE)
    with read_only(), django_assert_num_queries(10):
        alices.get(HERE)
    hold(*[f"Badge {n}" for n in range(40)])
    with read_only(), django_assert_num_queries(10):
        alices.get(HERE)
