"""Who reads a recommendation, surface by surface: as strict as its badge, its two people and its holder's choice."""

import json

import pytest

from badges.enums import Visibility
from badges.services.show import show
from connections.models import Block, Congratulation, Recognition
from connections.services import recognise
from connections.services.ask import ask
from connections.services.congratulate import congratulate
from notifications.models import Notification
from notifications.registry import kinds
from tests.badges.exported import exported
from tests.connections.recognition.made import (
    accepted,
    accepted_by_mail,
    asked_by_mail,
    badge_of,
    refused,
    stranger,
    written,
    written_by_mail,
)

pytestmark = pytest.mark.django_db
SECRET = "Un mot que peu de gens lisent."


@pytest.fixture
def browsers(client, alice, bob, signed_in):
    """A visitor, another member, who wrote it, who holds the badge."""
    return {
        "visitor": client,
        "member": signed_in(stranger()),
        "author": signed_in(bob),
        "holder": signed_in(alice),
    }


def readers(browsers, badge) -> set[str]:
    """Who reads the words on the badge's page."""
    return {
        who for who, browser in browsers.items() if SECRET in browser.get(f"/b/{badge.uid}/").content.decode()
    }


def by_machines(client, row) -> set[str]:
    found = {f: client.get(f"/{f}/recommandations/{row.uid}") for f in ("ob2", "ob3")}
    assert {SECRET in answer.content.decode() for answer in found.values() if answer.status_code == 200} <= {
        True
    }
    assert {answer.status_code for answer in found.values()} <= {200, 404}
    return {form for form, answer in found.items() if answer.status_code == 200}


EVERYBODY = {"visitor", "member", "author", "holder"}
MACHINES = {"ob2", "ob3"}


@pytest.mark.parametrize(
    "visibility, read_by, machines",
    [
        ("public", EVERYBODY, MACHINES),
        ("members", EVERYBODY - {"visitor"}, set()),
        ("private", {"holder"}, set()),
    ],
)
def test_it_has_the_visibility_of_its_badge(alice, bob, browsers, client, visibility, read_by, machines):
    badge = badge_of(alice)
    row = accepted(badge, bob, SECRET)
    show(assertion=badge, visibility=visibility)

    assert readers(browsers, badge) == read_by
    assert by_machines(client, row) == machines


@pytest.mark.parametrize("make", [written, refused, lambda *given: accepted(*given, shown=False)])
def test_what_the_holder_does_not_show_is_nowhere(alice, bob, browsers, client, make):
    badge = badge_of(alice)
    row = make(badge, bob, SECRET)

    assert readers(browsers, badge) == set()
    assert by_machines(client, row) == set()
    assert SECRET in browsers["holder"].get(f"/badges/{badge.uid}/reconnaissances/").content.decode()
    assert SECRET in browsers["author"].get(row.get_absolute_url()).content.decode()
    for path in ("/connexions/", "/galerie/badges/", "/connexions/recommandations/"):
        assert SECRET not in browsers["member"].get(path).content.decode()


def _hidden(row, alice, bob):
    recognise.hide(recognitions=Recognition.objects.filter(pk=row.pk))


def _author_closed(row, alice, bob):
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)


def _holder_closed(row, alice, bob):
    type(alice).objects.filter(pk=alice.pk).update(is_active=False)


def _holder_blocks(row, alice, bob):
    Block.objects.create(person=alice, blocked=bob)


def _author_blocks(row, alice, bob):
    Block.objects.create(person=bob, blocked=alice)


def _withdrawn(row, alice, bob):
    recognise.withdraw(recognition=row)


@pytest.mark.parametrize(
    "end", [_hidden, _author_closed, _holder_closed, _holder_blocks, _author_blocks, _withdrawn]
)
def test_it_is_gone_at_once(alice, bob, browsers, client, end):
    badge = badge_of(alice)
    row = accepted(badge, bob, SECRET)
    assert readers(browsers, badge) == EVERYBODY
    assert by_machines(client, row) == MACHINES

    end(row, alice, bob)
    assert readers(browsers, badge) == set()
    assert by_machines(client, row) == set()
    holder = browsers["holder"].get(f"/badges/{badge.uid}/reconnaissances/")
    assert SECRET not in holder.content.decode()


def test_a_revoked_badge_takes_it_along(alice, bob, browsers, client):
    badge = badge_of(alice)
    row = accepted(badge, bob, SECRET)
    type(badge).objects.filter(pk=badge.pk).update(revoked_at=badge.accepted_at, revocation_reason="mistake")

    assert readers(browsers, badge) == set()
    assert by_machines(client, row) == set()


def test_who_has_blocked_the_author_does_not_read_them(alice, bob, browsers, signed_in):
    badge = badge_of(alice)
    accepted(badge, bob, SECRET)
    angry, angering = stranger(), stranger()
    Block.objects.create(person=angry, blocked=bob)
    Block.objects.create(person=bob, blocked=angering)

    for person in (angry, angering):
        assert SECRET not in signed_in(person).get(f"/b/{badge.uid}/").content.decode()
    assert readers(browsers, badge) == EVERYBODY


@pytest.mark.parametrize(
    "visibility, linked", [("private", set()), ("members", EVERYBODY - {"visitor"}), ("public", EVERYBODY)]
)
def test_the_author_s_name_leads_to_a_profile_that_one_may_open(alice, bob, browsers, visibility, linked):
    badge = badge_of(alice)
    accepted(badge, bob, SECRET)
    type(bob.profile).objects.filter(pk=bob.profile.pk).update(visibility=visibility)
    link = f'href="/u/{bob.profile.handle}/"'

    found = set()
    for who, browser in browsers.items():
        html = browser.get(f"/b/{badge.uid}/").content.decode()
        section = html[html.index('id="recommandations"') :].partition("</section>")[0]
        assert "Bob Leroy" in section
        found |= {who} if link in section else set()
    assert found == linked | {"author"}  # one's own profile is always open to oneself


def test_the_address_is_shown_to_who_typed_it_alone(alice, bob, browsers, client):
    badge = badge_of(alice)
    row = accepted_by_mail(badge, address="prof@exemple.fr", text=SECRET)

    tab = browsers["holder"].get(f"/badges/{badge.uid}/reconnaissances/").content.decode()
    assert "prof@exemple.fr" in tab
    for who, browser in browsers.items():
        html = browser.get(f"/b/{badge.uid}/").content.decode()
        assert SECRET in html, who
        assert "Jeanne Prof" in html
        assert "sans compte ici" in html
        assert "prof@exemple.fr" not in html
    for form in MACHINES:
        assert "prof" not in client.get(f"/{form}/recommandations/{row.uid}").content.decode().replace(
            "Prof", ""
        )


# Notifications


def lines(person, kind):
    told = list(Notification.objects.filter(person=person, kind=kind))
    return [line.text for line in kinds[kind].tell(person, told).values()]


@pytest.mark.parametrize("end", [None, _hidden, _author_closed, _holder_blocks, _author_blocks, _withdrawn])
def test_what_a_notification_says_may_be_seen(alice, bob, end):
    badge = badge_of(alice, badge_class__name="Secret")
    row = written(badge, bob)
    Congratulation.objects.create(assertion=badge, author=bob)
    Notification.objects.create(
        key="c", kind="congratulated", person=alice, subject=str(badge.uid), actor=bob
    )
    if end:
        end(row, alice, bob)

    of_words = (
        [] if end else ["Bob Leroy recommande votre badge «\u00a0Secret\u00a0»\u00a0: lisez et répondez"]
    )
    of_gesture = ["Bob Leroy vous félicite pour votre badge «\u00a0Secret\u00a0»"]
    assert lines(alice, "recognition-waiting") == of_words
    assert lines(alice, "congratulated") == (of_gesture if end in (None, _hidden, _withdrawn) else [])


@pytest.mark.parametrize("count", [1, 3])
def test_notifications_cost_the_same_for_many(alice, bob, count, django_assert_num_queries):
    for _number in range(count):
        badge, her_own = badge_of(bob), badge_of(alice)
        congratulate(author=alice, assertion=badge)
        accepted(her_own, bob)
        written(badge, alice)
        ask(assertion=badge, message="", member=alice)

    for person, kind in [
        (bob, "congratulated"),
        (bob, "recognition-waiting"),
        (bob, "recognition-accepted"),
        (alice, "recognition-asked"),
    ]:
        told = list(Notification.objects.filter(person=person, kind=kind))
        with django_assert_num_queries(1):
            assert len(kinds[kind].tell(person, told)) == count


def test_a_badge_gone_private_is_not_named_in_a_notification(alice, bob):
    badge = badge_of(alice)
    accepted(badge, bob)
    assert len(lines(bob, "recognition-accepted")) == 1
    show(assertion=badge, visibility=Visibility.PRIVATE)

    assert lines(bob, "recognition-accepted") == []


# The archive


def test_the_archive_has_what_its_person_accepted_and_wrote(alice, bob):
    badge = badge_of(alice)
    shown, refused_one = accepted(badge, bob, SECRET), refused(badge, stranger(), "Un refus.")

    hers, his = exported(alice), exported(bob)
    name = f"recommandations/{shown.uid}.json"
    assert json.loads(hers.files[name])["credentialSubject"]["endorsementComment"].startswith(SECRET)
    answers = hers.documents
    assert answers[f"http://localhost:8000/ob3/recommandations/{shown.uid}"] == name
    assert f"recommandations/{refused_one.uid}.json" not in hers.files
    assert "recommandations/ecrites.json" not in hers.files
    assert [item["text"] for item in json.loads(his.files["recommandations/ecrites.json"])] == [SECRET]
    assert name not in his.files


def test_a_private_recommendation_is_in_the_archive_and_answers_nowhere(alice, bob):
    badge = badge_of(alice)
    kept = accepted(badge, bob, SECRET, shown=False)

    hers = exported(alice)
    assert f"recommandations/{kept.uid}.json" in hers.files
    assert f"http://localhost:8000/ob3/recommandations/{kept.uid}" not in hers.documents


def test_what_waits_or_is_asked_by_mail_is_read_by_the_holder_alone(alice, bob, browsers):
    badge = badge_of(alice)
    written_by_mail(badge, text=SECRET)
    asked_by_mail(badge, "autre@exemple.fr", message="Mon message privé.")

    assert readers(browsers, badge) == set()
    for who in ("visitor", "member", "author"):
        assert "Mon message privé." not in browsers[who].get(f"/b/{badge.uid}/").content.decode()
