"""Consent is asked of everybody again when the text changes, on members' pages alone, with a way out."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Consent, LegalDocument
from accounts.services import consent, legal
from tests.factories import LegalDocumentFactory

pytestmark = pytest.mark.django_db
PAGE = "/compte/accord/"


def test_consent_holds_version_and_hash_of_the_text_and_is_asked_again_after_a_new_version(alice, signed_in):
    first = legal.publish(kind="privacy", language="fr", text="Première déclaration.")
    browser = signed_in(alice)
    response = browser.get("/compte/profil/?a=1")
    assert response.headers["Location"] == f"{PAGE}?next=%2Fcompte%2Fprofil%2F%3Fa%3D1"
    html = browser.get(response.headers["Location"]).content.decode()
    assert "Première déclaration." in html
    assert "checked" not in html
    assert "Lisez ce texte avant de continuer." in html
    data = {"document": first.pk, "consent": "on", "next": "/compte/profil/?a=1"}
    assert browser.post(PAGE, data).headers["Location"] == "/compte/profil/?a=1"
    given = Consent.objects.get()
    assert (given.user, given.document, given.document.version) == (alice, first, 1)
    assert given.sha256 == hashlib.sha256("Première déclaration.".encode()).hexdigest()
    assert browser.get("/compte/profil/").status_code == 200

    second = legal.publish(kind="privacy", language="fr", text="Seconde déclaration.")
    assert second.version == 2
    response = browser.get("/compte/profil/")
    html = browser.get(response.headers["Location"]).content.decode()
    assert "Seconde déclaration." in html
    assert "Ce texte a changé depuis votre accord." in html
    browser.post(PAGE, {"document": second.pk, "consent": "on"})
    assert [c.document.version for c in alice.consents.order_by("given_at")] == [1, 2]


def test_unticked_or_outdated_is_refused(alice, signed_in, statement, error_of):
    browser = signed_in(alice)
    response = browser.post(PAGE, {"document": statement.pk})
    assert (response.status_code, len(error_of(response))) == (422, 1)
    new = LegalDocumentFactory()
    response = browser.post(PAGE, {"document": statement.pk, "consent": "on"})
    assert "La déclaration a changé" in error_of(response)[0]
    assert f'value="{new.pk}"' in response.content.decode()
    assert browser.post(PAGE, {"document": "x' or 1=1", "consent": "on"}).status_code == 422
    assert Consent.objects.count() == 0


def test_a_post_that_was_stopped_is_not_replayed(alice, signed_in, statement):
    response = signed_in(alice).post("/compte/profil/", {"first_name": "Autre"})
    assert response.headers["Location"] == f"{PAGE}?next={reverse('home:home').replace('/', '%2F')}"
    alice.profile.refresh_from_db()
    assert alice.profile.first_name == "Alice"


def test_what_is_open_to_everybody_stays_open_and_one_can_leave(alice, signed_in, statement):
    browser = signed_in(alice)
    for path in ("/protection-des-donnees/", "/aide/", "/galerie/badges/"):
        assert browser.get(path).status_code == 200
    assert browser.post("/compte/deconnexion/").headers["Location"] == reverse("home:welcome")
    assert "_auth_user_id" not in browser.session


def test_the_administration_is_not_stopped(olga, signed_in, statement):
    assert signed_in(olga).get("/admin/").status_code == 200


def test_with_nothing_to_accept_one_goes_on(alice, signed_in, statement):
    consent.give(user=alice, document=statement)
    response = signed_in(alice).get(f"{PAGE}?next=/compte/")
    assert response.headers["Location"] == "/compte/"


def test_the_middleware_asks_two_questions(alice, signed_in, statement, django_assert_num_queries):
    consent.give(user=alice, document=statement)
    with django_assert_num_queries(2):
        assert consent.statement_to_accept(alice) is None


class TestAdministration:
    @pytest.fixture
    def root(self, alice, signed_in):
        alice.is_staff = alice.is_superuser = True
        alice.save()
        return signed_in(alice)

    def test_door_is_the_site_s_own(self, client, alice):
        response = client.get("/admin/")
        assert response.headers["Location"] == "/admin/login/?next=/admin/"
        response = client.get(response.headers["Location"])
        assert response.headers["Location"] == "/compte/connexion/?next=%2Fadmin%2F"
        data = {"login": "alice@exemple.fr", "password": "alice a douze lettres", "next": "/admin/"}
        assert client.post("/compte/connexion/", data).headers["Location"] == "/admin/"

    def test_a_member_gets_a_clear_page_and_no_loop(self, bob, signed_in):
        response = signed_in(bob).get("/admin/", follow=True)
        assert response.status_code == 403
        assert "Cette page ne vous est pas ouverte" in response.content.decode()

    def test_an_organiser_sees_neither_people_nor_texts(self, olga, signed_in):
        browser = signed_in(olga)
        for model in ("user", "legaldocument"):
            assert browser.get(f"/admin/accounts/{model}/").status_code == 403
        assert "Textes du site" not in browser.get("/admin/").content.decode()

    def test_a_published_text_is_only_followed_by_a_new_version(self, root):
        old = LegalDocumentFactory(version=4, text="Version quatre.")
        page = root.get(f"/admin/accounts/legaldocument/{old.pk}/change/").content.decode()
        assert "<textarea" not in page
        assert "Écrire une nouvelle version" in page
        assert root.post(f"/admin/accounts/legaldocument/{old.pk}/change/", {"text": "x"}).status_code == 403
        assert (
            root.post(f"/admin/accounts/legaldocument/{old.pk}/delete/", {"post": "yes"}).status_code == 403
        )
        add = "/admin/accounts/legaldocument/add/"
        assert "Version quatre." in root.get(f"{add}?kind=privacy&language=fr").content.decode()
        response = root.post(add, {"kind": "privacy", "language": "fr", "text": "Version cinq."})
        assert response.status_code == 302
        assert list(LegalDocument.objects.order_by("version").values_list("version", "text")) == [
            (4, "Version quatre."),
            (5, "Version cinq."),
        ]

    def test_people_are_found_and_their_consents_are_read_only(self, root, bob, statement):
        consent.give(user=bob, document=statement)
        html = root.get("/admin/accounts/user/?q=leroy").content.decode()
        assert "bob@exemple.fr" in html
        page = root.get(f"/admin/accounts/user/{bob.pk}/change/").content.decode()
        assert statement.sha256 in page
        assert "bob@exemple.fr" in page
        assert 'name="email"' not in page
        assert root.get("/admin/accounts/user/add/").status_code == 403
        assert root.get("/admin/account/emailaddress/").status_code == 404

    @pytest.mark.parametrize("several", [0, 3])
    def test_list_of_people_has_one_budget(self, root, several, django_assert_num_queries):
        from tests.factories import UserFactory  # noqa: PLC0415

        UserFactory.create_batch(several)
        with django_assert_num_queries(5):
            root.get("/admin/accounts/user/")


def test_versions_are_unique(statement):
    again = LegalDocument(kind="privacy", language="fr", version=statement.version, text="x")
    with pytest.raises(ValidationError):
        again.validate_constraints()
