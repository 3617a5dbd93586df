"""« Recommander une compétence »: written of a person, answered by them, read on their profile."""

import json

import pytest

from badges.exceptions import NotPossible
from connections.models import Block, Recognition, Report
from connections.services import recognise
from connections.services.block import block
from connections.skills_shown import TEXTS
from notifications.models import Notification
from tests.connections.recognition.made import TEXT, badge_of, stranger
from tests.factories import BadgeClassFactory

pytestmark = pytest.mark.django_db
SKILL = "Animation de débats"


def visibility(person, level):
    person.profile.visibility = level
    person.profile.save()


@pytest.fixture(autouse=True)
def open_profile(alice):
    visibility(alice, "public")


def form(person) -> str:
    return f"/connexions/personnes/{person.uid}/recommander/"


def profile(browser, person) -> str:
    return browser.get(f"/u/{person.profile.handle}/").content.decode()


def said(holder, author, skill=SKILL, text=TEXT):
    return recognise.write_of_skill(author=author, holder=holder, skill=skill, text=text)


def accepted(holder, author, skill=SKILL, text=TEXT, *, shown=True):
    row = said(holder, author, skill, text)
    return recognise.accept(recognition=row, shown=shown, digest=row.digest)


def test_it_waits_is_accepted_and_then_stands_on_the_profile(alice, bob, signed_in, client):
    writer, holder = signed_in(bob), signed_in(alice)
    assert form(alice) in profile(writer, alice)

    answer = writer.post(form(alice), {"skill": f"  {SKILL} ", "text": TEXT})

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/u/{alice.profile.handle}/")
    row = Recognition.objects.get()
    assert (row.skill, row.folded_skill, row.assertion) == (SKILL, "animation de debats", None)
    assert (row.state, row.author, row.holder, row.author_name) == ("waiting", bob, alice, "Bob Leroy")
    assert SKILL not in profile(client, alice)
    assert SKILL in holder.get("/connexions/recommandations/").content.decode()

    told = Notification.objects.get(person=alice, kind="recognition-waiting")
    assert told.subject == str(row.uid)
    answer = holder.post(
        f"/connexions/recommandations/{row.uid}/repondre/", {"answer": "show", "digest": row.digest}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/connexions/recommandations/")
    html = profile(client, alice)
    assert "Animation de débats" in html
    assert "hors pair" in html


@pytest.mark.parametrize("state", ["waiting", "refused", "kept", "hidden", "inactive", "blocked"])
def test_what_is_not_shown_is_read_by_nobody(state, alice, bob, signed_in, client):
    row = said(alice, bob)
    if state == "refused":
        recognise.refuse(recognition=row)
    elif state != "waiting":
        recognise.accept(recognition=row, shown=state != "kept", digest=row.digest)
    if state == "hidden":
        recognise.hide(recognitions=Recognition.objects.all())
    elif state == "inactive":
        type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    elif state == "blocked":
        block(person=bob, blocked=alice)
    accepted(alice, stranger(), "Écriture")

    for browser in (client, signed_in(stranger("Dora Lue")), signed_in(alice)):
        html = profile(browser, alice)
        assert "Écriture" in html
        assert SKILL not in html
    assert client.get(f"/ob3/recommandations/{row.uid}").status_code == 404


def test_a_reader_does_not_read_those_whom_a_block_separates_from_them(alice, bob, signed_in):
    writer, reader = stranger(), bob
    accepted(alice, writer)
    assert SKILL in profile(signed_in(reader), alice)
    block(person=writer, blocked=reader)

    assert SKILL not in profile(signed_in(reader), alice)


@pytest.mark.parametrize("level", ["private", "members"])
def test_documents_are_of_public_profiles_alone(level, alice, bob, client):
    row = accepted(alice, bob)
    credential = json.loads(client.get(f"/ob3/recommandations/{row.uid}").content)
    claim = json.loads(client.get(f"/ob2/recommandations/{row.uid}").content)["claim"]

    assert credential["credentialSubject"]["id"] == f"urn:uuid:{alice.uid}"
    assert credential["credentialSubject"]["endorsementComment"] == f"{TEXT}\n\n— Bob Leroy"
    assert credential["proof"]
    assert claim["id"] == f"http://localhost:8000/u/{alice.profile.handle}/"

    visibility(alice, level)
    for version in ("ob2", "ob3"):
        assert client.get(f"/{version}/recommandations/{row.uid}").status_code == 404


def test_who_may_write(alice, bob, signed_in):
    browser = signed_in(bob)
    assert browser.get(form(alice)).status_code == 200
    assert signed_in(alice).get(form(alice)).status_code == 404
    visibility(alice, "private")
    assert browser.get(form(alice)).status_code == 404
    visibility(alice, "members")
    assert browser.get(form(alice)).status_code == 200

    Block.objects.create(person=alice, blocked=bob)

    assert browser.post(form(alice), {"skill": SKILL, "text": TEXT}).status_code == 404
    with pytest.raises(NotPossible):
        said(alice, bob)
    with pytest.raises(NotPossible):
        said(alice, alice)
    assert not Recognition.objects.exists()


@pytest.mark.parametrize("skill", ["", "…", "a" * 81, "\ufdfa" * 80])
def test_a_bad_word_is_said_and_the_text_kept(skill, alice, bob, signed_in):
    answer = signed_in(bob).post(form(alice), {"skill": skill, "text": TEXT})

    assert answer.status_code == 422
    assert "hors pair" in answer.content.decode()
    assert not Recognition.objects.exists()


def test_another_spelling_is_the_same_one_edited(alice, bob):
    first, second = said(alice, bob), said(alice, bob, "ANIMATION de debats", "Autre texte.")

    assert first.pk == second.pk
    assert Recognition.objects.get().text == "Autre texte."
    assert Recognition.objects.get().skill == SKILL


def test_keywords_are_those_of_badges_that_the_author_may_see(alice, bob, signed_in):
    badge_of(alice, badge_class=BadgeClassFactory(tags=["littoral"]))
    badge_of(alice, "private", badge_class=BadgeClassFactory(tags=["secrète"]))

    html = signed_in(bob).get(form(alice)).content.decode()

    assert '<option value="littoral">' in html
    assert "secrète" not in html


def test_its_author_reads_the_person_no_more_once_the_profile_is_closed(alice, bob, signed_in):
    row = accepted(alice, bob)
    writer = signed_in(bob)
    paths = ("/connexions/recommandations/", f"/connexions/recommandations/{row.uid}/")
    for path in paths:
        assert "Alice Martin" in writer.get(path).content.decode()
    visibility(alice, "private")
    for path in paths:
        html = writer.get(path).content.decode()
        assert SKILL in html
        assert "Alice" not in html


@pytest.mark.parametrize("count", [1, 4])
def test_query_budgets(count, alice, signed_in, client, django_assert_num_queries):
    for number in range(count):
        accepted(alice, stranger(f"Autrice {number}"), f"Art {number}")
        accepted(alice, stranger(f"Auteur {number}"), SKILL)
    holder = signed_in(alice)

    with django_assert_num_queries(8):
        profile(client, alice)
    with django_assert_num_queries(12):
        holder.get("/connexions/recommandations/")


def test_a_skill_counts_everybody_and_shows_the_newest(alice, client):
    for number in range(TEXTS + 1):
        accepted(alice, stranger(), SKILL, f"Texte numéro {number}.")

    html = profile(client, alice)

    assert f"{TEXTS + 1} personnes" in html or f"{TEXTS + 1} people" in html
    assert "Texte numéro 0." not in html
    assert f"Texte numéro {TEXTS}." in html


def test_what_is_shown_can_be_reported_and_what_is_not_cannot(alice, bob, signed_in):
    row, waiting = accepted(alice, stranger()), said(alice, stranger(), "Écriture")
    reader, path = signed_in(bob), f"/connexions/signaler/recommandation/{row.uid}/"
    assert path in profile(reader, alice)

    assert reader.post(path, {"reason": "hurtful", "text": ""}).status_code == 302

    report = Report.objects.get()
    assert (report.what, report.subject) == ("recognition", str(row.uid))
    assert signed_in(row.author).get(path).status_code == 404
    assert reader.get(f"/connexions/signaler/recommandation/{waiting.uid}/").status_code == 404
    visibility(alice, "private")
    assert reader.get(path).status_code == 404


def test_connections_lead_to_recommendations(bob, signed_in):
    assert 'href="/connexions/recommandations/"' in signed_in(bob).get("/connexions/").content.decode()
