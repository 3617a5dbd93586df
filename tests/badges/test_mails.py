"""The mails about badges: what they say, and what cannot be put into them."""

from datetime import date, timedelta
from email import message_from_string
from email.header import decode_header, make_header

import pytest
from django.utils import timezone
from django.utils.translation import override

from badges import claims, mails, periods
from badges.services.decline import decline
from badges.services.invite import invitation
from badges.services.revoke import revoke
from notifications.models import Message
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    return AssertionFactory(
        badge_class=BadgeClassFactory(
            issuer=IssuerFactory(name="Amcsti"),
            name="Je participe au congrès de l'Amcsti 2019",
            place="Caen",
            starts_on=date(2019, 7, 3),
            ends_on=date(2019, 7, 5),
        ),
        recipient_address="claire@exemple.fr",
        recipient_name="Claire Martin",
    )


def render(renderer, message):
    with override("fr"):
        mail = renderer(message)
    if mail:
        mail.to = [message.address]
    return mail


def html_of(mail):
    return mail.alternatives[0][0]


def spaces(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_the_invitation_says_what_where_when_and_until(waiting):
    mail = render(mails.invitation, invitation(waiting))

    link = claims.link_for(waiting)
    assert spaces(mail.subject) == "Votre badge « Je participe au congrès de l'Amcsti 2019 »"
    assert mail.from_email == "Amcsti <badges@localhost>"
    for text in (mail.body, html_of(mail)):
        assert "Bonjour Claire," in text
        assert "Amcsti vous a délivré le badge « Je participe au congrès de l’Amcsti 2019 »." in spaces(text)
        assert "Caen, du 3 au 5 juillet 2019." in text
        assert "Obtenir mon badge" in text
        assert link in text
        assert f"{link}?refuser" in text
        assert "/protection-des-donnees/" in text
    assert "/440.png" in html_of(mail) or "-440.png" in html_of(mail)


def test_without_a_name_or_dates_nothing_is_made_up():
    mail = render(mails.invitation, invitation(AssertionFactory(recipient_name="")))

    assert mail.body.startswith("Bonjour,\n")
    assert "None" not in mail.body + html_of(mail)


@pytest.mark.parametrize("answer", [decline, lambda assertion: revoke(assertion=assertion, reason="mistake")])
def test_no_invitation_leaves_for_what_was_answered_or_withdrawn(waiting, answer):
    message = invitation(waiting)
    answer(assertion=waiting)

    assert render(mails.invitation, message) is None


def test_no_invitation_leaves_with_a_link_that_was_replaced(waiting):
    message = invitation(waiting)
    waiting.generation = 2
    waiting.save()

    assert render(mails.invitation, message) is None


def test_names_cannot_add_headers_or_markup(waiting):
    waiting.badge_class.issuer.name = "Amcsti\r\nBcc: victime@exemple.fr"
    waiting.badge_class.issuer.save()
    waiting.badge_class.name = "Congrès\nSubject: autre\r\n\r\n<script>alert(1)</script>"
    waiting.badge_class.save()
    waiting.recipient_name = "Claire\r\nX-Evil: 1 <b>Martin</b>"
    waiting.save()

    mail = render(mails.invitation, invitation(waiting))

    parsed = message_from_string(mail.message().as_string())
    assert sorted(parsed.keys()) == [
        "Content-Type",
        "Date",
        "From",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ]
    assert parsed["To"] == "claire@exemple.fr"
    assert mail.recipients() == ["claire@exemple.fr"]
    assert "\n" not in str(make_header(decode_header(parsed["Subject"])))
    assert "<script>" not in html_of(mail)
    assert "<b>Martin" not in html_of(mail)


def test_text_is_not_escaped_and_markup_is(waiting):
    waiting.badge_class.name = "Sciences & société"
    waiting.badge_class.save()

    mail = render(mails.invitation, invitation(waiting))

    assert "Sciences & société" in mail.body
    assert "Sciences &amp; société" in html_of(mail)


def test_waiting_links_are_those_that_wait_at_that_address(waiting):
    other = AssertionFactory(badge_class__name="Podcast", recipient_address="Claire@Exemple.fr")
    AssertionFactory(badge_class__name="À Bob", recipient_address="bob@exemple.fr")
    AssertionFactory(badge_class__name="Accepté", recipient_address="claire@exemple.fr", accepted=True)
    AssertionFactory(
        badge_class__name="Expiré",
        recipient_address="claire@exemple.fr",
        claim_until=timezone.now() - timedelta(days=1),
    )

    mail = render(mails.waiting_links, Message(kind="waiting-links", address="claire@exemple.fr"))

    for text in (mail.body, html_of(mail)):
        assert claims.link_for(waiting) in text
        assert claims.link_for(other) in text
        assert not any(name in text for name in ("À Bob", "Accepté", "Expiré"))


def test_nothing_waits_nothing_leaves(db):
    assert render(mails.waiting_links, Message(kind="waiting-links", address="a@exemple.fr")) is None


def test_an_address_learns_that_it_was_added(waiting):
    message = Message(
        kind="address-added", address="claire@exemple.fr", context={"assertion": str(waiting.uid)}
    )

    mail = render(mails.address_added, message)

    assert mail.subject == "Votre adresse a été ajoutée à un compte"
    assert "écrivez à la personne qui gère ce site" in mail.body
    assert claims.token_for(waiting) not in mail.body + html_of(mail)


@pytest.mark.parametrize(
    "first, last, words",
    [
        (None, None, ""),
        (date(2019, 7, 5), None, "le 5 juillet 2019"),
        (date(2019, 7, 5), date(2019, 7, 5), "le 5 juillet 2019"),
        (date(2019, 7, 3), date(2019, 7, 5), "du 3 au 5 juillet 2019"),
        (date(2019, 7, 1), date(2019, 7, 5), "du 1er au 5 juillet 2019"),
        (date(2019, 6, 30), date(2019, 7, 2), "du 30 juin au 2 juillet 2019"),
        (date(2019, 12, 31), date(2020, 1, 2), "du 31 décembre 2019 au 2 janvier 2020"),
    ],
)
def test_days_in_words(first, last, words):
    with override("fr"):
        assert periods.period(first, last) == words


def test_days_in_english():
    with override("en"):
        assert periods.period(date(2019, 7, 3), date(2019, 7, 5)) == "from July 3, 2019 to July 5, 2019"
