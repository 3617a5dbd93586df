"""« Délivrer ce badge », the first step: a list is given, read, and nothing is awarded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from badges.admin.drafts import upload
from badges.models import Assertion, Batch
from notifications.models import Message
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory

pytestmark = pytest.mark.django_db

LIST = "e-mail;nom\nalice@exemple.fr;Alice Martin\nALICE@exemple.fr;Alice Martin\nrien;Bob\ndeja@exemple.fr;Dominique\n"


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti, name="Je participe au congrès")


@pytest.fixture
def address(badge):
    return reverse("admin:badges_badgeclass_issue", args=[badge.pk])


def test_a_pasted_list_becomes_a_draft(signed_in, olga, badge, address):
    AssertionFactory(badge_class=badge, recipient_address="deja@exemple.fr")
    answer = signed_in(olga).post(address, {"text": LIST})

    batch = Batch.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("admin:badges_batch_change", args=[batch.pk]),
    )
    assert (batch.created_by, batch.state, batch.source) == (olga, "draft", "liste collée")
    assert list(batch.lines.values_list("number", "outcome")) == [
        (2, "ready"),
        (3, "duplicate"),
        (4, "invalid"),
        (5, "already"),
    ]
    assert (Assertion.objects.count(), Message.objects.count()) == (1, 0)


def test_a_file_is_read_whatever_its_encoding(signed_in, olga, address):
    file = SimpleUploadedFile("Inscrits <b>.csv", "e-mail;nom\nalice@exemple.fr;Élise\n".encode("cp1252"))
    page = signed_in(olga).post(address, {"file": file}, follow=True).content.decode()

    assert Batch.objects.get().lines.get().name == "Élise"
    assert "« Inscrits &lt;b&gt;.csv »" in page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "data, sentence",
    [
        ({}, "Collez une liste, ou donnez un fichier"),
        ({"text": "  \n"}, "Collez une liste, ou donnez un fichier"),
        ({"text": "Martin, Alice"}, "Aucune colonne ne contient d’adresses e-mail."),
    ],
)
def test_what_cannot_be_read_says_so_and_keeps_what_was_typed(signed_in, olga, address, data, sentence):
    answer = signed_in(olga).post(address, data)

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert data.get("text", "").strip()[:30] in shown
    assert not Batch.objects.exists()


def test_a_list_too_long_is_refused(signed_in, olga, address, monkeypatch):
    assert upload.MAX_LINES == 20_000
    monkeypatch.setattr(upload, "MAX_LINES", 1_000)
    text = "e-mail\n" + "a@exemple.fr\n" * 1_001

    answer = signed_in(olga).post(address, {"text": text})

    assert answer.status_code == 422
    assert "plus de 1\u202f000 lignes" in answer.content.decode()
    assert text[:30] in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_file_too_heavy_is_refused(signed_in, olga, address):
    answer = signed_in(olga).post(
        address, {"file": SimpleUploadedFile("x.csv", b"a" * (10 * 1024 * 1024 + 1))}
    )

    assert answer.status_code == 422
    assert "pèse plus de 10 Mo" in answer.content.decode()


def test_a_badge_not_published_is_not_awarded(signed_in, olga, amcsti):
    badge = BadgeClassFactory(
        issuer=amcsti,
        published_at=None,
        public_activity_at="2026-01-01T00:00Z",
        member_activity_at="2026-01-01T00:00Z",
    )
    answer = signed_in(olga).post(
        reverse("admin:badges_badgeclass_issue", args=[badge.pk]), {"text": "alice@exemple.fr"}
    )

    assert answer.status_code == 422
    assert "n’est pas publié" in answer.content.decode()


def test_another_issuers_badge_is_not_awarded(signed_in, olga, amcsti):
    foreign = BadgeClassFactory(issuer=IssuerFactory(name="Autre"))
    url = reverse("admin:badges_badgeclass_issue", args=[foreign.pk])
    browser = signed_in(olga)

    assert browser.get(url).status_code == 404
    assert browser.post(url, {"text": "alice@exemple.fr"}).status_code == 404
    assert not Batch.objects.exists()
