from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from connections.models import Comment
from tests.factories import BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/connexions/badges/b/commenter/"
PAGE = "/galerie/badges/b/"


@pytest.fixture
def badge(db):
    return BadgeClassFactory(slug="b")


def test_a_comment_is_published_under_its_author_s_name_for_everybody(badge, bob, client, signed_in):
    response = signed_in(bob).post(ADDRESS, {"text": "  Un beau congrès.\r\n\r\n\r\n\r\nMerci.  "})
    assert (response.status_code, response.headers["Location"]) == (302, f"{PAGE}#commentaires")
    comment = Comment.objects.get()
    assert (comment.text, comment.author, comment.badge_class) == ("Un beau congrès.\n\nMerci.", bob, badge)
    html = client.get(PAGE).content.decode()
    assert "Un beau congrès." in html
    assert "Bob Leroy" in html
    assert "Commentaires (1)" in html
    assert "bob@exemple.fr" not in html


def test_a_double_click_publishes_once_and_saying_it_again_later_twice(badge, bob, signed_in):
    browser = signed_in(bob)
    for _ in range(2):
        browser.post(ADDRESS, {"text": "Merci."})
    assert Comment.objects.count() == 1
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    browser.post(ADDRESS, {"text": "Merci."})
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", "Écrivez quelque chose avant de publier."),
        (" \r\n ", "Écrivez quelque chose avant de publier."),
        ("\u202e", "Écrivez quelque chose avant de publier."),
        ("é" * 1001, "Raccourcissez votre commentaire\u00a0: 1\u202f000 caractères au plus, il en a 1001."),
        ("a\0b", "caractère"),
    ],
)
def test_a_comment_that_cannot_be_published_comes_back_with_what_to_change(
    badge, bob, signed_in, text, sentence
):
    response = signed_in(bob).post(ADDRESS, {"text": text})
    assert response.status_code == 422
    html = response.content.decode()
    assert sentence in html
    assert text.strip().strip("\0") in html or "\0" in text
    assert not Comment.objects.exists()


def test_a_thousand_characters_pass_line_breaks_counted_once(badge, bob, signed_in):
    text = "\r\n".join(["é" * 499, "é" * 500])
    assert signed_in(bob).post(ADDRESS, {"text": text}).status_code == 302
    assert len(Comment.objects.get().text) == 1000


def test_marks_that_turn_the_direction_of_text_are_taken_out(badge, bob, signed_in):
    signed_in(bob).post(ADDRESS, {"text": "Bravo \u202eortne\u202c 👩‍🔬"})
    assert Comment.objects.get().text == "Bravo ortne 👩‍🔬"


def test_markup_in_a_comment_is_inert(badge, bob, client, signed_in):
    signed_in(bob).post(ADDRESS, {"text": "<script>alert(1)</script> <b>gras"})
    html = client.get(PAGE).content.decode()
    assert "&lt;b&gt;gras" in html
    assert "<b>gras" not in html


def test_without_a_name_a_sentence_leads_to_the_profile(badge, signed_in):
    browser = signed_in(UserFactory(name=""))
    html = browser.get(PAGE).content.decode()
    assert "Un commentaire est signé de votre nom." in html
    assert 'href="/compte/profil/"' in html
    assert "Votre commentaire" not in html
    response = browser.post(ADDRESS, {"text": "Anonyme"})
    assert response.status_code == 422
    assert "Indiquez d’abord votre nom dans votre profil" in response.content.decode()
    assert not Comment.objects.exists()


def test_ten_comments_an_hour_are_enough(badge, bob, signed_in):
    browser = signed_in(bob)
    for n in range(10):
        assert browser.post(ADDRESS, {"text": f"Mot {n}"}).status_code == 302
    response = browser.post(ADDRESS, {"text": "Un de trop"})
    assert response.status_code == 422
    assert "Vous avez beaucoup écrit depuis une heure." in response.content.decode()
    assert "Un de trop" in response.content.decode()
    assert Comment.objects.count() == 10
    Comment.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert browser.post(ADDRESS, {"text": "Plus tard"}).status_code == 302


def test_one_deletes_one_s_own_comment_and_no_other(badge, alice, bob, signed_in):
    comment = Comment.objects.create(badge_class=badge, author=bob, text="Le mien")
    address = f"/connexions/commentaires/{comment.uid}/supprimer/"
    for browser in (signed_in(alice),):
        assert address not in browser.get(PAGE).content.decode()
        assert browser.post(address).status_code == 404
    browser = signed_in(bob)
    assert address in browser.get(PAGE).content.decode()
    assert browser.get(address).status_code == 405
    assert browser.post(f"/connexions/commentaires/{uuid4()}/supprimer/").status_code == 404
    assert Comment.objects.count() == 1
    response = browser.post(address, follow=True)
    assert "Votre commentaire est supprimé." in response.content.decode()
    assert not Comment.objects.exists()
    assert browser.post(address).status_code == 404


def test_a_visitor_is_asked_to_sign_in(badge, client, bob):
    comment = Comment.objects.create(badge_class=badge, author=bob, text="Le mien")
    html = client.get(PAGE).content.decode()
    assert "Se connecter pour commenter" in html
    for address in (ADDRESS, f"/connexions/commentaires/{comment.uid}/supprimer/"):
        assert client.post(address, {"text": "x"}).headers["Location"].startswith("/compte/connexion/")
    assert Comment.objects.count() == 1


def test_hidden_comments_and_those_of_closed_accounts_are_not_shown_nor_counted(badge, alice, bob, client):
    Comment.objects.create(badge_class=badge, author=alice, text="Masque", hidden_at=timezone.now())
    Comment.objects.create(badge_class=badge, author=bob, text="Ferme")
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    html = client.get(PAGE).content.decode()
    assert "Masque" not in html
    assert "Ferme" not in html
    assert "commentaires (0)" in html


def test_a_badge_that_is_not_published_takes_no_comment(bob, signed_in):
    BadgeClassFactory(slug="brouillon", published_at=None)
    assert signed_in(bob).post("/connexions/badges/brouillon/commenter/", {"text": "x"}).status_code == 404
    assert not Comment.objects.exists()
