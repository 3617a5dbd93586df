"""The page of an issuer: an organiser says whom the mails name, where answers go, and what stands in them."""

import pytest
from django.urls import reverse

from badges.models import Issuer
from tests.factories import IssuerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(amcsti):
    Issuer.objects.update(email="contact@amcsti.fr", url="https://amcsti.fr")
    return reverse("admin:badges_issuer_change", args=[amcsti.pk])


def fields(**changes):
    return {
        "description": "",
        "url": "https://amcsti.fr",
        "email": "contact@amcsti.fr",
        "country": "FR",
        "town": "",
        "linkedin_organization_id": "",
        "sender_name": "Congrès",
        "reply_to": "congres@amcsti.fr",
        "invitation_text": "Merci d’être venus.\n\nLes photos : https://amcsti.fr/photos",
        "members-TOTAL_FORMS": 0,
        "members-INITIAL_FORMS": 0,
        **changes,
    }


def test_an_organiser_says_how_the_mails_look(signed_in, olga, amcsti, page):
    browser = signed_in(olga)
    before = browser.get(page).content.decode()
    assert (
        "De : Amcsti &lt;badges@localhost&gt;. Les réponses arrivent à contact@amcsti.fr."
        in before.replace("\xa0", " ")
    )

    assert browser.post(page, fields()).status_code == 302

    amcsti.refresh_from_db()
    assert (amcsti.sender_name, amcsti.reply_to) == ("Congrès", "congres@amcsti.fr")
    assert amcsti.invitation_text.startswith("Merci d’être venus.")
    after = browser.get(page).content.decode().replace("\xa0", " ")
    assert "De : Congrès &lt;badges@localhost&gt;. Les réponses arrivent à congres@amcsti.fr." in after


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"invitation_text": "Voir https://ailleurs.fr/"}, "retirez"),
        ({"invitation_text": "x" * 1001}, "1000"),
        ({"sender_name": "Amcsti <a@b.fr>"}, "Un nom n’a aucun des signes"),
        ({"reply_to": "nulle part"}, "adresse"),
        ({"reply_to": "a@b.fr\r\nBcc: c@d.fr"}, "adresse"),
    ],
)
def test_what_cannot_be_sent_is_refused(signed_in, olga, amcsti, page, changes, words):
    response = signed_in(olga).post(page, fields(**changes))

    assert response.status_code == 200
    assert words in response.content.decode()
    amcsti.refresh_from_db()
    assert (amcsti.sender_name, amcsti.reply_to, amcsti.invitation_text) == ("", "", "")


def test_nobody_changes_the_mails_of_another_issuer(signed_in, olga, amcsti):
    other = IssuerFactory()
    signed_in(olga).post(reverse("admin:badges_issuer_change", args=[other.pk]), fields())

    other.refresh_from_db()
    assert (other.sender_name, other.reply_to, other.invitation_text) == ("", "", "")


def test_without_an_address_the_page_says_that_answers_are_lost(signed_in, olga, amcsti):
    html = signed_in(olga).get(reverse("admin:badges_issuer_change", args=[amcsti.pk])).content.decode()

    assert "Les réponses n’arrivent à personne" in html
