"""A recommendation by a member: written, answered, edited, withdrawn."""

import json
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from badges.enums import Visibility
from badges.exceptions import NotPossible
from badges.services.show import show
from connections.models import Block, Recognition
from connections.services import recognise
from connections.services.congratulate import congratulate
from notifications.models import Notification
from tests.connections.recognition.made import TEXT, accepted, badge_of, refused, stranger, written
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(alice):
    return badge_of(alice)


def form(badge):
    return f"/badges/{badge.uid}/recommander/"


def page(browser, badge) -> str:
    return browser.get(f"/b/{badge.uid}/").content.decode()


def tab(browser, badge) -> str:
    return browser.get(f"/badges/{badge.uid}/reconnaissances/").content.decode()


def respond(browser, row, answer, **fields):
    return browser.post(
        f"/connexions/recommandations/{row.uid}/repondre/", {"answer": answer, "digest": row.digest, **fields}
    )


def test_it_waits_is_accepted_and_then_read_by_those_who_see_the_badge(badge, alice, bob, signed_in, client):
    writer, holder = signed_in(bob), signed_in(alice)
    assert writer.get(form(badge)).status_code == 200
    answer = writer.post(form(badge), {"text": f"  {TEXT}\r\n\r\n\r\n\r\nMerci. "})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/b/{badge.uid}/")
    row = Recognition.objects.get()
    assert (row.text, row.author, row.author_name, row.holder) == (
        f"{TEXT}\n\nMerci.",
        bob,
        "Bob Leroy",
        alice,
    )
    assert (row.state, row.shown, row.credential) == ("waiting", False, "")
    assert "hors pair" not in page(client, badge)
    assert "hors pair" in tab(holder, badge)
    told = Notification.objects.get(kind="recognition-waiting")
    assert (told.person, told.actor, told.subject) == (alice, bob, str(row.uid))

    respond(holder, row, "show")
    html = page(client, badge)
    assert "<strong>hors pair</strong>" in html
    assert "Bob Leroy" in html
    assert "bob@exemple.fr" not in html
    row.refresh_from_db()
    assert (row.state, row.shown) == ("accepted", True)
    assert json.loads(row.credential)["proof"]
    told = Notification.objects.get(kind="recognition-accepted")
    assert (told.person, told.actor) == (bob, alice)


def test_accepted_without_showing_then_shown_then_hidden_then_deleted(badge, alice, bob, signed_in, client):
    row, holder = written(badge, bob), signed_in(alice)

    respond(holder, row, "keep")
    assert "hors pair" not in page(client, badge)
    respond(holder, row, "show")
    assert "hors pair" in page(client, badge)
    respond(holder, row, "keep")
    assert "hors pair" not in page(client, badge)
    assert Notification.objects.filter(kind="recognition-accepted").count() == 1
    respond(holder, row, "delete")
    assert not Recognition.objects.exists()


def test_a_refusal_is_silent_and_other_words_do_not_ask_again(badge, alice, bob, signed_in, client):
    row, holder, writer = written(badge, bob), signed_in(alice), signed_in(bob)
    respond(holder, row, "refuse")
    row.refresh_from_db()
    assert row.state == "refused"
    for path in (f"/connexions/recommandations/{row.uid}/", "/connexions/recommandations/"):
        html = writer.get(path).content.decode()
        assert "En attente de la réponse du titulaire" in html
        assert "Refus" not in html
    Notification.objects.all().delete()

    writer.post(f"/connexions/recommandations/{row.uid}/", {"text": "Encore moi."})
    row.refresh_from_db()
    assert (row.text, row.state) == ("Encore moi.", "refused")
    assert not Notification.objects.exists()
    assert "Encore moi." not in page(client, badge)


def test_other_words_wait_again(badge, alice, bob, signed_in, client):
    row = accepted(badge, bob)
    Notification.objects.all().delete()
    assert signed_in(bob).get(form(badge)).headers["Location"] == f"/connexions/recommandations/{row.uid}/"

    signed_in(bob).post(f"/connexions/recommandations/{row.uid}/", {"text": "Autre chose."})
    html = page(client, badge)
    assert "hors pair" not in html
    assert "Autre chose." not in html
    row.refresh_from_db()
    assert (row.state, row.shown, row.credential, row.answered_at) == ("waiting", False, "", None)
    assert Notification.objects.get().kind == "recognition-waiting"


def test_the_same_words_change_nothing(badge, bob, signed_in, client):
    row = accepted(badge, bob)

    for path in (f"/connexions/recommandations/{row.uid}/", form(badge)):
        signed_in(bob).post(path, {"text": TEXT})
    assert Recognition.objects.get().shown
    assert "hors pair" in page(client, badge)


def test_words_that_changed_under_the_holder_s_eyes_are_not_accepted(badge, alice, bob, signed_in, client):
    row = written(badge, bob)
    recognise.edit(recognition=row, text="Autre chose.")

    answer = signed_in(alice).post(
        f"/connexions/recommandations/{row.uid}/repondre/",
        {"answer": "show", "digest": row.digest},
        follow=True,
    )
    assert "relisez-la avant de répondre" in answer.content.decode()
    assert Recognition.objects.get().state == "waiting"


def test_what_was_taken_away_meanwhile_cannot_be_answered_or_edited(badge, bob):
    row = written(badge, bob)
    recognise.withdraw(recognition=row)

    for act in (
        partial(recognise.accept, shown=True, digest=row.digest),
        recognise.refuse,
        partial(recognise.edit, text="Autre chose."),
    ):
        with pytest.raises(NotPossible, match="n’est plus là"):
            act(recognition=row)


def test_the_services_refuse_oneself_and_blocked_people(badge, alice, bob):
    for act in (partial(recognise.write, text=TEXT), congratulate):
        with pytest.raises(NotPossible, match="le vôtre"):
            act(author=alice, assertion=badge)
    Block.objects.create(person=alice, blocked=bob)
    for act in (partial(recognise.write, text=TEXT), congratulate):
        with pytest.raises(NotPossible, match="pas possible avec cette personne"):
            act(author=bob, assertion=badge)


def test_its_author_withdraws_it(badge, bob, signed_in, client):
    row = accepted(badge, bob)

    assert signed_in(bob).post(f"/connexions/recommandations/{row.uid}/retirer/").status_code == 303
    assert not Recognition.objects.exists()
    assert "hors pair" not in page(client, badge)


def test_nobody_else_answers_reads_or_withdraws(badge, alice, bob, signed_in):
    row = written(badge, bob)
    other = signed_in(stranger())

    for browser, path in [
        (other, f"/connexions/recommandations/{row.uid}/"),
        (signed_in(alice), f"/connexions/recommandations/{row.uid}/"),
        (other, f"/badges/{badge.uid}/reconnaissances/"),
        (signed_in(bob), f"/badges/{badge.uid}/reconnaissances/"),
    ]:
        assert browser.get(path).status_code == 404, path
    for browser in (other, signed_in(bob)):
        assert respond(browser, row, "show").status_code == 404
    for browser in (other, signed_in(alice)):
        assert browser.post(f"/connexions/recommandations/{row.uid}/retirer/").status_code == 404
    assert Recognition.objects.get().state == "waiting"


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", "Écrivez quelques mots avant d’envoyer."),
        (" \u202e\r\n", "Écrivez quelques mots avant d’envoyer."),
        ("é" * 2001, "Raccourcissez votre texte\u00a0: 2\u202f000 caractères au plus, il en a 2001."),
        ("a\0b", "caractère"),
    ],
)
def test_what_cannot_be_sent_comes_back_with_what_to_change(badge, bob, signed_in, text, sentence):
    answer = signed_in(bob).post(form(badge), {"text": text})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert ("\0" in text) or text.strip() in answer.content.decode()
    assert not Recognition.objects.exists()


def test_without_a_name_nothing_is_signed(badge, signed_in):
    answer = signed_in(UserFactory(name="")).post(form(badge), {"text": TEXT})

    assert answer.status_code == 422
    assert "une recommandation est signée" in answer.content.decode()
    assert not Recognition.objects.exists()


def test_ten_an_hour_are_enough(alice, bob, signed_in):
    for _number in range(10):
        written(badge_of(alice), bob)

    answer = signed_in(bob).post(form(badge_of(alice)), {"text": TEXT})
    assert answer.status_code == 422
    assert Recognition.objects.count() == 10
    Recognition.objects.update(written_at=timezone.now() - timedelta(hours=2))
    assert signed_in(bob).post(form(badge_of(alice)), {"text": TEXT}).status_code == 303


def test_markup_is_inert(badge, bob, client):
    accepted(
        badge,
        bob,
        "<script>alert(1)</script> ![image](https://evil.example/x.png) [lien](javascript:alert(1))",
    )

    html = page(client, badge)
    assert "&lt;script&gt;alert" in html
    assert 'src="https://evil' not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize("answer", ["", "publish", None])
def test_an_odd_answer_changes_nothing(badge, alice, bob, signed_in, answer):
    row = written(badge, bob)
    data = {} if answer is None else {"answer": answer}

    sent = signed_in(alice).post(f"/connexions/recommandations/{row.uid}/repondre/", data, follow=True)
    assert "Choisissez ce que devient cette recommandation." in sent.content.decode()
    assert Recognition.objects.get().state == "waiting"


def test_one_does_not_recommend_one_s_own_badge(badge, alice, signed_in):
    assert signed_in(alice).get(form(badge)).status_code == 404
    assert signed_in(alice).post(form(badge), {"text": TEXT}).status_code == 404


@pytest.mark.parametrize("begun_by_holder", [True, False])
def test_a_block_lets_nobody_recommend(badge, alice, bob, signed_in, begun_by_holder):
    person, blocked = (alice, bob) if begun_by_holder else (bob, alice)
    Block.objects.create(person=person, blocked=blocked)

    assert signed_in(bob).get(form(badge)).status_code == 404
    assert signed_in(bob).post(form(badge), {"text": TEXT}).status_code == 404
    assert "recommander" not in page(signed_in(bob), badge)
    assert not Recognition.objects.exists()


def test_a_badge_that_went_private_is_not_named_to_who_recommended_it(badge, alice, bob, signed_in):
    row = accepted(badge, bob)
    writer = signed_in(bob)
    for path in ("/connexions/recommandations/", f"/connexions/recommandations/{row.uid}/"):
        assert badge.badge_class.name in writer.get(path).content.decode()
    show(assertion=badge, visibility=Visibility.PRIVATE)

    for path in ("/connexions/recommandations/", f"/connexions/recommandations/{row.uid}/"):
        html = writer.get(path).content.decode()
        assert badge.badge_class.name not in html
        assert "Alice" not in html
        assert "Un badge que vous ne voyez plus" in html


@pytest.mark.parametrize("count", [1, 3])
def test_query_budgets(badge, alice, bob, signed_in, client, django_assert_num_queries, count):
    for number in range(count):
        accepted(badge, stranger(f"Autrice {number}"))
        written(badge_of(alice), bob)
        refused(badge, stranger(f"Auteur {number}"))
    holder, writer = signed_in(alice), signed_in(bob)

    with django_assert_num_queries(8):
        page(client, badge)
    with django_assert_num_queries(14):
        tab(holder, badge)
    with django_assert_num_queries(12):
        writer.get("/connexions/recommandations/")


def test_many_are_paged(badge, alice, settings, client, signed_in):
    settings.BADGES_PER_PAGE = 2
    for number in range(3):
        accepted(badge, stranger(f"Autrice {number}"), f"Texte {number}")
    first = page(client, badge)
    assert [f"Texte {number}" in first for number in range(3)] == [False, True, True]
    address = first.split('rel="next"')[0].rpartition('href="')[2].partition('"')[0]

    second = client.get(f"/b/{badge.uid}/{address}").content.decode()
    assert [f"Texte {number}" in second for number in range(3)] == [True, False, False]
    received = signed_in(alice).get(f"/badges/{badge.uid}/reconnaissances/{address}").content.decode()
    assert [f"Texte {number}" in received for number in range(3)] == [True, False, False]
