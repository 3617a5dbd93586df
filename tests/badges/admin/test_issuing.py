import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from badges.models import Assertion, Batch
from notifications.models import Message
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "e-mail;nom\nalice@exemple.fr;Alice Martin\nALICE@exemple.fr;Alice Martin\nrien;Bob\ndeja@exemple.fr;Dominique\n"


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti, name="Je participe au congrès")


@pytest.fixture
def address(badge):
    return reverse("admin:badges_badgeclass_issue", args=[badge.pk])


def sealed(answer) -> str:
    return answer.context["form"].initial["sealed"]


def test_a_list_is_checked_then_sent(signed_in, olga, badge, address, read_only):
    AssertionFactory(badge_class=badge, recipient_address="deja@exemple.fr")
    browser = signed_in(olga)
    with read_only():
        checked = browser.post(address, {"text": LIST})

    assert checked.status_code == 200
    report = checked.context["report"]
    assert (report.created, report.duplicates, report.already, len(report.invalid)) == (1, 1, 1, 1)
    shown = checked.content.decode()
    assert "Envoyer 1 badge" in shown
    assert "Cette adresse n’est pas valide." in shown
    assert not Batch.objects.exists()

    sent = browser.post(address, {"sealed": sealed(checked)}, follow=True)

    batch = Batch.objects.get()
    assert sent.redirect_chain == [(reverse("admin:badges_batch_change", args=[batch.pk]), 302)]
    assert "1 badge est en file. Vous pouvez fermer cette page." in sent.content.decode()
    assert (batch.created_by, batch.lines.count()) == (olga, 4)
    assert Message.objects.get().address == "alice@exemple.fr"


def test_a_file_is_sent_as_it_is(signed_in, olga, address):
    file = SimpleUploadedFile("Inscrits <b>.csv", "e-mail;nom\nalice@exemple.fr;Élise\n".encode("cp1252"))
    browser = signed_in(olga)
    checked = browser.post(address, {"file": file})
    browser.post(address, {"sealed": sealed(checked)})

    assert Assertion.objects.get().recipient_name == "Élise"
    assert Batch.objects.get().source == "Inscrits <b>.csv"


def test_sending_twice_awards_once(signed_in, olga, address):
    browser = signed_in(olga)
    token = sealed(browser.post(address, {"text": "alice@exemple.fr"}))
    for _click in range(2):
        assert browser.post(address, {"sealed": token}).status_code == 302

    assert (Assertion.objects.count(), Message.objects.count()) == (1, 1)


def test_the_list_is_judged_again_when_it_is_sent(signed_in, olga, badge, address):
    browser = signed_in(olga)
    token = sealed(browser.post(address, {"text": "alice@exemple.fr\nbob@exemple.fr"}))
    AssertionFactory(badge_class=badge, recipient_address="bob@exemple.fr")
    browser.post(address, {"sealed": token})

    assert [line.outcome for line in Batch.objects.get().lines.all()] == ["created", "already"]


@pytest.mark.parametrize(
    "data, sentence",
    [
        ({}, "Collez une liste, ou donnez un fichier"),
        ({"text": "  \n"}, "Collez une liste, ou donnez un fichier"),
        ({"text": "Martin, Alice"}, "Aucune colonne ne contient d’adresses e-mail."),
        ({"sealed": "rien"}, "Cette vérification est trop ancienne"),
        ({"text": "e-mail\n" + "a@exemple.fr\n" * 20_001}, "plus de 20\u202f000 lignes"),
    ],
)
def test_what_cannot_be_read_says_so_and_keeps_what_was_typed(signed_in, olga, address, data, sentence):
    answer = signed_in(olga).post(address, data)

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert data.get("text", "").strip()[:30] in shown
    assert not Batch.objects.exists()


def test_a_file_too_heavy_is_refused(signed_in, olga, address):
    answer = signed_in(olga).post(
        address, {"file": SimpleUploadedFile("x.csv", b"a" * (10 * 1024 * 1024 + 1))}
    )

    assert answer.status_code == 422
    assert "pèse plus de 10 Mo" in answer.content.decode()


def test_a_sealed_list_serves_its_own_badge_and_organiser_only(signed_in, olga, amcsti, address):
    browser = signed_in(olga)
    token = sealed(browser.post(address, {"text": "alice@exemple.fr"}))
    other = reverse("admin:badges_badgeclass_issue", args=[BadgeClassFactory(issuer=amcsti).pk])
    root = UserFactory(is_staff=True, is_superuser=True)

    assert browser.post(other, {"sealed": token}).status_code == 422
    assert signed_in(root).post(address, {"sealed": token}).status_code == 422
    assert not Batch.objects.exists()


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
