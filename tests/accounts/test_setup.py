"""`manage.py setup`: completes a migrated database, and leaves what is there as it is."""

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import DocumentKind
from accounts.models import LegalDocument, User
from accounts.services import texts
from accounts.services.consent import statement_in_force
from passport.lib.markdown import render
from passport.lib.typography import french
from tests.factories import LegalDocumentFactory, UserFactory

PASSWORD = "une phrase de passe"


@pytest.fixture(autouse=True)
def environment(monkeypatch, db):
    for name in ("DJANGO_SUPERUSER_EMAIL", "DJANGO_SUPERUSER_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


@pytest.fixture
def named(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "Ada@Exemple.fr")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)


def test_every_text_gets_a_first_version():
    call_command("setup")

    published = LegalDocument.objects.values_list("kind", "language", "version")
    assert set(published) == {(kind, "fr", 1) for kind in DocumentKind.values}
    assert statement_in_force().version == 1


def test_a_second_call_publishes_nothing():
    call_command("setup")

    assert texts.publish_missing() == []
    assert LegalDocument.objects.count() == len(DocumentKind)


def test_a_text_that_the_organisation_published_stays():
    mine = LegalDocumentFactory(kind=DocumentKind.PRIVACY, version=7, text="La nôtre.")

    call_command("setup")

    assert statement_in_force() == mine
    assert LegalDocument.objects.get(kind=DocumentKind.PRIVACY).text == "La nôtre."


def test_the_address_of_the_code_is_filled_in(settings):
    settings.SOURCE_URL = "https://code.exemple.fr/passeport"

    call_command("setup")

    assert "<https://code.exemple.fr/passeport>" in LegalDocument.objects.get(kind=DocumentKind.SOURCE).text
    assert "à compléter" in LegalDocument.objects.get(kind=DocumentKind.LEGAL_NOTICE).text


def test_without_an_address_the_text_says_so(settings):
    settings.SOURCE_URL = ""

    call_command("setup")

    assert "*à compléter*" in LegalDocument.objects.get(kind=DocumentKind.SOURCE).text


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_each_text_is_typeset_and_readable(kind):
    texts.publish_missing()
    text = LegalDocument.objects.get(kind=kind).text

    assert french(text) == text
    assert "<p>" in render(text)


def test_the_administrator_of_the_environment_is_made_once(named):
    call_command("setup")
    call_command("setup")

    user = User.objects.get()
    assert (user.email, user.is_staff, user.is_superuser) == ("ada@exemple.fr", True, True)
    assert user.check_password(PASSWORD)
    assert user.emailaddress_set.get().verified


def test_an_account_of_that_address_stays_as_it_is(named):
    user = UserFactory(email="ada@exemple.fr", password="le mot de Ada")

    call_command("setup")

    user.refresh_from_db()
    assert user.check_password("le mot de Ada")
    assert not user.is_superuser


@pytest.mark.parametrize("missing", ["DJANGO_SUPERUSER_EMAIL", "DJANGO_SUPERUSER_PASSWORD"])
def test_half_an_administrator_is_refused(named, missing, monkeypatch):
    monkeypatch.delenv(missing)

    with pytest.raises(CommandError, match="or neither"):
        call_command("setup")
    assert not User.objects.exists()


def test_another_address_of_the_site_is_warned_of(settings, tmp_path, capsys):
    settings.DATA_DIR = tmp_path
    settings.SITE_URL = "https://badges.example"
    call_command("setup")
    assert capsys.readouterr().err == ""

    settings.SITE_URL = "https://autre.example"
    call_command("setup")

    warning = capsys.readouterr().err
    assert "https://badges.example" in warning
    assert "https://autre.example" in warning
