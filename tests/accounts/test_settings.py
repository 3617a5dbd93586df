"""« Paramètres et vie privée »: addresses, profile, agreements, password."""

import pytest
from allauth.account.models import EmailAddress

from accounts.services import consent, profile
from notifications.models import Message
from tests.factories import AssertionFactory, LegalDocumentFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESSES = "/compte/adresses/"
CONFIRM = "/compte/confirmer/"


@pytest.fixture
def browser(client, alice):
    client.post("/compte/connexion/", {"login": "alice@exemple.fr", "password": "alice a douze lettres"})
    return client


def addresses(user) -> dict[str, tuple[bool, bool]]:
    return {a.email: (a.verified, a.primary) for a in EmailAddress.objects.filter(user=user)}


def test_an_address_is_added_by_a_code(browser, alice, code):
    response = browser.post(ADDRESSES, {"action_add": "1", "email": "Alice@Travail.exemple"})
    assert response.headers["Location"] == CONFIRM
    html = browser.get("/compte/").content.decode()
    assert "alice@travail.exemple" in html
    assert "À vérifier" in html
    assert addresses(alice) == {"alice@exemple.fr": (True, True)}
    response = browser.post(CONFIRM, {"code": code("alice@travail.exemple")})
    assert response.headers["Location"] == "/compte/"
    assert addresses(alice) == {"alice@exemple.fr": (True, True), "alice@travail.exemple": (True, False)}
    assert "L’adresse alice@travail.exemple est vérifiée." in browser.get("/compte/").content.decode()


def test_an_address_of_somebody_else_looks_free_and_moves_nothing(browser, alice, bob, code, error_of):
    award = AssertionFactory(public=True, holder=bob, recipient_address="bob@exemple.fr")
    free = browser.post(ADDRESSES, {"action_add": "1", "email": "libre@exemple.fr"})
    free_page = browser.get(free.headers["Location"]).content.decode()
    response = browser.post(ADDRESSES, {"action_add": "1", "email": "bob@exemple.fr"})
    page = browser.get(response.headers["Location"]).content.decode()
    assert response.headers["Location"] == free.headers["Location"]

    def same(html, address):
        start = html.index("<main")
        return html[start:].replace(address, "ADRESSE").partition("csrfmiddlewaretoken")[0]

    assert same(page, "bob@exemple.fr") == same(free_page, "libre@exemple.fr")
    response = browser.post(CONFIRM, {"code": code("bob@exemple.fr")})
    assert error_of(response) == [
        "Cette adresse ne peut pas être ajoutée à ce compte. Connectez-vous avec le compte qui l’utilise."
    ]
    assert addresses(alice) == {"alice@exemple.fr": (True, True)}
    assert addresses(bob) == {"bob@exemple.fr": (True, True)}
    award.refresh_from_db()
    assert award.holder == bob


@pytest.mark.parametrize("address", ["", "pas-une-adresse", "alice@exemple.fr", "a@b"])
def test_a_bad_address_is_refused_on_the_same_page(browser, alice, error_of, address):
    response = browser.post(ADDRESSES, {"action_add": "1", "email": address})
    assert len(error_of(response)) == 1
    assert "<h1>Paramètres et vie privée</h1>" in response.content.decode()
    assert Message.objects.count() == 0


def test_main_address_changes_and_the_old_one_is_told(browser, alice):
    EmailAddress.objects.create(user=alice, email="alice@travail.exemple", verified=True)
    browser.post(ADDRESSES, {"action_primary": "1", "email": "alice@travail.exemple"})
    assert addresses(alice) == {"alice@exemple.fr": (True, False), "alice@travail.exemple": (True, True)}
    alice.refresh_from_db()
    assert alice.email == "alice@travail.exemple"
    mail = Message.objects.get()
    assert (mail.address, mail.context["to_email"]) == ("alice@exemple.fr", "alice@travail.exemple")


def test_an_address_is_removed_but_never_the_main_one(browser, alice, bob):
    EmailAddress.objects.create(user=alice, email="alice@travail.exemple", verified=True)
    browser.post(ADDRESSES, {"action_remove": "1", "email": "alice@exemple.fr"})
    browser.post(ADDRESSES, {"action_remove": "1", "email": "bob@exemple.fr"})
    assert len(addresses(alice)) == 2
    assert len(addresses(bob)) == 1
    assert "est votre adresse principale." in browser.get("/compte/").content.decode()
    browser.post(ADDRESSES, {"action_remove": "1", "email": "alice@travail.exemple"})
    assert addresses(alice) == {"alice@exemple.fr": (True, True)}


def test_a_session_that_is_not_fresh_gives_its_password_first(alice, signed_in):
    EmailAddress.objects.create(user=alice, email="alice@travail.exemple", verified=True)
    browser = signed_in(alice)
    response = browser.post(ADDRESSES, {"action_remove": "1", "email": "alice@travail.exemple"})
    assert response.headers["Location"].startswith("/compte/reauthentification/")
    assert len(addresses(alice)) == 2


@pytest.mark.parametrize("several", [0, 3])
def test_queries_do_not_grow_with_what_is_listed(alice, signed_in, several, django_assert_num_queries):
    for number in range(several):
        EmailAddress.objects.create(user=alice, email=f"a{number}@exemple.fr", verified=True)
        consent.give(user=alice, document=LegalDocumentFactory())
    consent.give(user=alice, document=LegalDocumentFactory())
    browser = signed_in(alice)
    with django_assert_num_queries(9):
        browser.get("/compte/")


def test_agreements_are_listed_and_can_be_read_again_in_their_version(alice, bob, signed_in):
    old = LegalDocumentFactory(version=1, text="Ancienne déclaration.")
    consent.give(user=alice, document=old)
    consent.give(user=alice, document=LegalDocumentFactory(version=2, text="Nouvelle déclaration."))
    consent.give(user=bob, document=LegalDocumentFactory(version=3, text="À venir."))
    consent.give(user=alice, document=consent.statement_in_force())
    html = signed_in(alice).get("/compte/").content.decode()
    assert html.count("Acceptée le ") == 3
    assert "Ancienne déclaration." in signed_in(alice).get("/compte/accord/1/").content.decode()
    assert signed_in(bob).get("/compte/accord/1/").status_code == 404


GOOD = {
    "first_name": "Alice",
    "last_name": "Dupont",
    "about": "Médiatrice.",
    "country": "FR",
    "town": "Caen",
    "handle": "alice-dupont",
    "visibility": "members",
}


def test_profile_is_saved_and_named_everywhere(alice, signed_in):
    browser = signed_in(alice)
    assert browser.post("/compte/profil/", GOOD).headers["Location"] == "/compte/"
    alice.profile.refresh_from_db()
    assert {name: getattr(alice.profile, name) for name in GOOD} == GOOD
    assert alice.profile.folded_name == "alice dupont"
    assert '<span class="tool__name">Alice Dupont</span>' in browser.get("/compte/").content.decode()


@pytest.mark.parametrize(
    "field, value",
    [
        ("first_name", "<b>Alice</b>"),
        ("last_name", "x" * 500),
        ("handle", "Bob Leroy"),
        ("handle", "ab"),
        ("handle", "deja-pris"),
        ("country", "XX"),
        ("visibility", "amis"),
        ("about", "x" * 501),
    ],
)
def test_bad_profile_is_refused_beside_its_field(alice, bob, signed_in, error_of, field, value):
    profile.change(profile=bob.profile, handle="deja-pris")
    response = signed_in(alice).post("/compte/profil/", {**GOOD, field: value})
    assert (response.status_code, len(error_of(response))) == (422, 1)
    assert "Alice Dupont</span>" not in response.content.decode()
    alice.profile.refresh_from_db()
    assert alice.profile.name == "Alice Martin"


def test_a_profile_changes_only_by_its_own_fields(alice):
    with pytest.raises(TypeError, match="user"):
        profile.change(profile=alice.profile, user="bob")


def test_password_is_changed_with_the_current_one_and_told(browser, alice, error_of):
    bad = {"oldpassword": "pas le bon", "password1": "une autre phrase longue"}
    assert error_of(browser.post("/compte/mot-de-passe/changer/", bad)) == [
        "Ce n’est pas votre mot de passe actuel. Saisissez-le de nouveau."
    ]
    good = {"oldpassword": "alice a douze lettres", "password1": "une autre phrase longue"}
    assert browser.post("/compte/mot-de-passe/changer/", good).headers["Location"] == "/compte/"
    alice.refresh_from_db()
    assert alice.check_password("une autre phrase longue")
    assert Message.objects.get().context["template"] == "account/email/password_changed"


def test_createsuperuser_makes_a_whole_account(db, client):
    from accounts.models import User  # noqa: PLC0415

    root = User.objects.create_superuser("racine@exemple.fr", "une phrase bien longue")
    assert (root.name, addresses(root)) == ("", {"racine@exemple.fr": (True, True)})
    client.post("/compte/connexion/", {"login": "racine@exemple.fr", "password": "une phrase bien longue"})
    assert client.session["_auth_user_id"] == str(root.pk)


def test_factory_users_have_no_address_in_their_pages(alice, signed_in):
    other = UserFactory(name="", email="secret@exemple.fr")
    assert other.name == ""
    assert "secret@exemple.fr" not in signed_in(alice).get("/compte/").content.decode()
