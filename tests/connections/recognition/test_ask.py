"""A holder asks a member, or an address without account."""

import re
from datetime import timedelta
from email.header import decode_header, make_header

import pytest
from django.utils import timezone

from connections.models import Block, Recognition, RecognitionRequest, RecognitionStop
from connections.services import ask as asking
from notifications.models import Message, Notification
from notifications.services.sending import send_due
from tests.connections.recognition.made import TEXT, asked_by_mail, badge_of, stranger, written
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "prof@exemple.fr"


@pytest.fixture
def badge(alice):
    """A private one: asking for a recommendation shows it to who is asked, and to nobody else."""
    return badge_of(alice, "private")


def form(badge):
    return f"/badges/{badge.uid}/demander-une-recommandation/"


def ask(browser, badge, to=ADDRESS, message="Bonjour."):
    return browser.post(form(badge), {"to": to, "message": message})


def sent(mailoutbox):
    send_due()
    return mailoutbox


def link(mail, page=""):
    return re.search(rf"http://localhost:8000(/recommander/[\w-]+/{page})\s", f"{mail.body}\n")[1]


def test_an_address_receives_one_mail_that_says_what_is_asked(badge, alice, signed_in, mailoutbox):
    browser = signed_in(alice)
    page = browser.get(form(badge)).content.decode()
    assert "même si le badge est privé" in page

    for _click in range(2):
        answer = ask(browser, badge)
        assert (answer.status_code, answer.headers["Location"]) == (
            303,
            f"/badges/{badge.uid}/reconnaissances/",
        )
    (mail,) = sent(mailoutbox)
    assert mail.to == [ADDRESS]
    assert (
        str(make_header(decode_header(mail.subject)))
        == f"Alice Martin vous demande de recommander son badge « {badge.badge_class.name} »"
    )
    assert "Bonjour." in mail.body
    assert badge.badge_class.issuer.name in mail.body
    assert (
        mail.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{link(mail, 'ne-plus-recevoir/')}>"
    )
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "alice@exemple.fr" not in mail.body + str(mail.extra_headers) + str(mail.reply_to)
    badge.refresh_from_db()
    assert badge.visibility == "private"
    tab = browser.get(f"/badges/{badge.uid}/reconnaissances/").content.decode()
    assert ADDRESS in tab
    assert "En attente jusqu’au" in tab


def test_nobody_is_asked_twice(badge, alice, signed_in, mailoutbox):
    asked_by_mail(badge)
    RecognitionRequest.objects.update(created_at=timezone.now() - timedelta(minutes=5))

    answer = ask(signed_in(alice), badge, "PROF@exemple.fr")
    assert answer.status_code == 422
    assert "Vous avez déjà demandé à cette personne" in answer.content.decode()
    assert len(sent(mailoutbox)) == 1


@pytest.mark.parametrize(
    "to, sentence",
    [
        ("", "Dites à qui vous demandez."),
        ("prof@", "Cette adresse n’est pas complète"),
        ("alice@exemple.fr", "C’est votre propre adresse"),
        ("ALICE@exemple.fr", "C’est votre propre adresse"),
        ("personne-de-connu", "Aucun profil que vous pouvez ouvrir"),
        ("/u/../admin", "Aucun profil que vous pouvez ouvrir"),
    ],
)
def test_whom_one_cannot_ask(badge, alice, signed_in, to, sentence):
    answer = ask(signed_in(alice), badge, to, "Mon message.")

    assert answer.status_code == 422
    html = answer.content.decode()
    assert sentence in html
    assert "Mon message." in html
    assert not RecognitionRequest.objects.exists()


def test_a_long_message_comes_back(badge, alice, signed_in):
    answer = ask(signed_in(alice), badge, message="é" * 601)

    assert answer.status_code == 422
    assert (
        "Raccourcissez votre message\u00a0: 600 caractères au plus, il en a 601." in answer.content.decode()
    )


def test_a_message_leads_nowhere_else(badge, alice, signed_in):
    answer = ask(signed_in(alice), badge, message="Voyez https://evil.example/gagner et répondez.")

    assert answer.status_code == 422
    assert "Un lien ne peut mener qu’à ce site" in answer.content.decode()
    assert not RecognitionRequest.objects.exists()
    assert ask(signed_in(alice), badge, message="Voyez http://localhost:8000/b/x/.").status_code == 303


def test_without_a_name_nobody_is_asked(signed_in):
    person = UserFactory(name="")

    answer = ask(signed_in(person), badge_of(person))
    assert answer.status_code == 422
    assert not RecognitionRequest.objects.exists()


def test_ten_requests_a_day(alice, signed_in):
    browser = signed_in(alice)
    for number in range(10):
        assert ask(browser, badge_of(alice), f"p{number}@exemple.fr").status_code == 303

    answer = ask(browser, badge_of(alice), "p10@exemple.fr")
    assert answer.status_code == 422
    assert "Continuez demain." in answer.content.decode()
    RecognitionRequest.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert ask(browser, badge_of(alice), "p10@exemple.fr").status_code == 303


def test_three_requests_a_day_for_an_address(badge, alice, signed_in):
    for _number in range(3):
        asked_by_mail(badge_of(stranger()), ADDRESS)

    answer = ask(signed_in(alice), badge, ADDRESS.upper())
    assert answer.status_code == 422
    assert "ne peut pas recevoir d’autre demande aujourd’hui" in answer.content.decode()


@pytest.mark.parametrize("revoked", [True, False])
def test_only_one_s_own_held_badge(alice, bob, signed_in, revoked):
    badge = badge_of(alice, revoked=revoked)
    browser = signed_in(alice if revoked else bob)

    assert browser.get(form(badge)).status_code == 404
    assert ask(browser, badge).status_code == 404


# What keeps a mail from leaving; the asker is not told


def _stop(alice):
    asking.stop(address="Prof@exemple.fr")


def _blocked_by_owner(alice):
    Block.objects.create(person=UserFactory(email=ADDRESS), blocked=alice)


@pytest.mark.parametrize("prepare", [_stop, _blocked_by_owner])
def test_a_mail_that_is_not_wanted_does_not_leave(badge, alice, signed_in, mailoutbox, prepare):
    prepare(alice)

    answer = ask(signed_in(alice), badge)
    assert answer.status_code == 303
    assert sent(mailoutbox) == []
    assert Message.objects.get().state == "cancelled"
    assert "En attente jusqu’au" in signed_in(alice).get(answer.headers["Location"]).content.decode()


def test_a_withdrawn_request_does_not_leave_and_opens_nothing(badge, alice, signed_in, client, mailoutbox):
    request = asked_by_mail(badge)
    (mail,) = sent(mailoutbox)
    path = f"/connexions/demandes/{request.uid}/retirer/"
    assert signed_in(stranger()).post(path).status_code == 404

    assert signed_in(alice).post(path).status_code == 303
    answer = client.get(link(mail))
    assert answer.status_code == 410
    assert "Alice" not in answer.content.decode()
    assert badge.badge_class.name not in answer.content.decode()
    other = asked_by_mail(badge, "autre@exemple.fr")
    asking.withdraw(request=other)
    assert len(sent(mailoutbox)) == 1


# Members


def test_a_member_is_asked_by_their_profile_and_answers(badge, alice, bob, signed_in):
    type(bob.profile).objects.filter(pk=bob.profile.pk).update(visibility="members")
    for to in (f"http://localhost:8000/u/{bob.profile.handle}/", bob.profile.handle):
        assert ask(signed_in(alice), badge, to).status_code == 303
    request = RecognitionRequest.objects.get()
    assert (request.member, request.address) == (bob, "")
    told = Notification.objects.get(kind="recognition-asked")
    assert (told.person, told.actor, told.subject) == (bob, alice, str(request.uid))
    assert not Message.objects.filter(kind="recognition-request").exists()

    browser, path = signed_in(bob), f"/connexions/demandes/{request.uid}/"
    assert path in browser.get("/connexions/recommandations/").content.decode()
    html = browser.get(path).content.decode()
    for shown in ("Alice Martin", badge.badge_class.name, badge.badge_class.issuer.name, "Bonjour."):
        assert shown in html
    assert browser.post(path, {"text": ""}).status_code == 422
    assert browser.post(path, {"text": TEXT}).status_code == 303
    row = Recognition.objects.get()
    assert (row.author, row.request, row.state) == (bob, request, "waiting")
    assert RecognitionRequest.objects.get().state == "answered"
    assert browser.get(f"/b/{badge.uid}/").status_code == 404
    assert browser.get(path).headers["Location"] == f"/connexions/recommandations/{row.uid}/"


def test_a_private_profile_cannot_be_asked_by_its_address(badge, alice, bob, signed_in):
    answer = ask(signed_in(alice), badge, bob.profile.handle)

    assert answer.status_code == 422
    assert "Bob" not in answer.content.decode()


def test_a_member_declines(badge, alice, bob, signed_in):
    request = asking.ask(assertion=badge, message="", member=bob)

    assert signed_in(bob).post(f"/connexions/demandes/{request.uid}/decliner/").status_code == 303
    assert "Déclinée" in signed_in(alice).get(f"/badges/{badge.uid}/reconnaissances/").content.decode()
    html = signed_in(bob).get(f"/connexions/demandes/{request.uid}/").content.decode()
    assert "Vous avez décliné cette demande." in html
    assert "<textarea" not in html


def test_nobody_else_opens_what_a_member_is_asked(badge, alice, bob, signed_in, client):
    request = asking.ask(assertion=badge, message="", member=bob)
    path = f"/connexions/demandes/{request.uid}/"

    for person in (alice, stranger()):
        assert signed_in(person).get(path).status_code == 404
        assert signed_in(person).post(path, {"text": TEXT}).status_code == 404
        assert signed_in(person).post(f"{path}decliner/").status_code == 404
    assert client.get(path).status_code == 302
    assert signed_in(bob).get(path).status_code == 200


@pytest.mark.parametrize("begun_by_holder", [True, False])
def test_a_block_ends_what_a_member_is_asked(badge, alice, bob, signed_in, begun_by_holder):
    request = asking.ask(assertion=badge, message="", member=bob)
    person, blocked = (alice, bob) if begun_by_holder else (bob, alice)
    Block.objects.create(person=person, blocked=blocked)

    assert signed_in(bob).get(f"/connexions/demandes/{request.uid}/").status_code == 404
    other = asking.ask(assertion=badge_of(alice), message="", member=bob)
    assert Notification.objects.filter(subject=str(other.uid)).count() == 0


def test_after_thirty_days_a_request_is_over(badge, alice, bob, signed_in):
    request = asking.ask(assertion=badge, message="", member=bob)
    assert request.expires_at - request.created_at > timedelta(days=29)
    RecognitionRequest.objects.update(expires_at=timezone.now())

    browser = signed_in(bob)
    assert "n’attend plus de réponse" in browser.get(f"/connexions/demandes/{request.uid}/").content.decode()
    browser.post(f"/connexions/demandes/{request.uid}/", {"text": TEXT})
    assert not Recognition.objects.exists()
    assert "Sans réponse" in signed_in(alice).get(f"/badges/{badge.uid}/reconnaissances/").content.decode()


def test_who_has_written_already_is_asked_for_other_words(alice, bob):
    badge = badge_of(alice)
    row = written(badge, bob)

    request = asking.ask(assertion=badge, message="", member=bob)
    assert request.is_open
    assert Recognition.objects.get() == row


def test_addresses_that_never_answered_are_forgotten(badge, alice):
    old, answered, fresh = (asked_by_mail(badge, f"{name}@exemple.fr") for name in "abc")
    RecognitionRequest.objects.exclude(pk=fresh.pk).update(created_at=timezone.now() - timedelta(days=91))
    asking.decline(request=answered)

    assert asking.purge() == 1
    assert set(RecognitionRequest.objects.all()) == {answered, fresh}
    assert not RecognitionStop.objects.exists()
    assert not RecognitionRequest.objects.filter(pk=old.pk).exists()
