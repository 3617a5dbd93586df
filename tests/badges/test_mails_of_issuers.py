"""What an issuer may say in its mails, whom they name, and how one stops them."""

from email import message_from_string
from email.header import decode_header, make_header

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from badges import claims, mails, stopping
from badges.enums import EventKind, LineOutcome
from badges.models import AwardEvent, Batch, BatchLine, OptOut
from badges.services.decline import decline
from badges.services.invite import invitation
from badges.services.remind import reminder
from badges.trials import sample
from badges.validators import foreign_links
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer(db):
    return IssuerFactory(name="Amcsti", url="https://www.amcsti.fr/", email="contact@amcsti.fr")


@pytest.fixture
def waiting(issuer):
    return AssertionFactory(
        badge_class=BadgeClassFactory(issuer=issuer, name="Médiation"),
        recipient_address="claire@exemple.fr",
        recipient_name="Claire Martin",
    )


def render(renderer, message):
    with override("fr"):
        mail = renderer(message)
    if mail:
        mail.to = [message.address]
    return mail


def invite(assertion):
    return render(mails.invitation, invitation(assertion))


def parts(mail):
    return mail.body, mail.alternatives[0][0]


def spaces(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")


def write(issuer, **fields):
    type(issuer).objects.filter(pk=issuer.pk).update(**fields)


# Who writes, and who reads the answers


def test_without_more_the_issuer_writes_and_reads(waiting):
    mail = invite(waiting)

    assert mail.from_email == "Amcsti <badges@localhost>"
    assert mail.reply_to == ["contact@amcsti.fr"]


def test_the_sender_and_the_reader_can_be_others(waiting, issuer):
    write(issuer, sender_name="Congrès de l'Amcsti", reply_to="congres@amcsti.fr")

    for mail in (invite(waiting), render(mails.reminder, reminder(waiting))):
        parsed = message_from_string(mail.message().as_string())
        assert str(make_header(decode_header(parsed["From"]))) == "Congrès de l'Amcsti <badges@localhost>"
        assert parsed["Reply-To"] == "congres@amcsti.fr"


@pytest.mark.parametrize("field", ["sender_name", "name", "invitation_text"])
def test_nothing_that_an_issuer_writes_becomes_a_header(waiting, issuer, field):
    write(issuer, **{field: "Amcsti\r\nBcc: victime@exemple.fr\r\n\r\nCorps"})

    mail = invite(waiting)

    parsed = message_from_string(mail.message().as_string())
    assert parsed["Bcc"] is None
    assert mail.recipients() == ["claire@exemple.fr"]
    assert "\n" not in mail.from_email


# The subject


def line(assertion, outcome, subject):
    batch = Batch.objects.create(badge_class=assertion.badge_class, source="x", subject=subject, state="done")
    return BatchLine.objects.create(batch=batch, number=1, value="x", outcome=outcome, assertion=assertion)


def test_the_subject_is_that_of_the_list_that_awarded_the_badge(waiting):
    line(waiting, LineOutcome.CREATED, "Merci {name} {{ link }}\r\nBcc: v@exemple.fr")
    line(waiting, LineOutcome.ALREADY, "Une autre liste")

    mail = invite(waiting)

    assert mail.subject == "Merci {name} {{ link }} Bcc: v@exemple.fr"
    assert message_from_string(mail.message().as_string())["Bcc"] is None


def test_without_one_the_subject_names_the_badge(waiting):
    line(waiting, LineOutcome.CREATED, "")

    assert spaces(invite(waiting).subject) == "Votre badge « Médiation »"


# The own text


def test_the_own_text_stands_above_the_button_literally_and_in_paragraphs(waiting, issuer):
    text = "Merci d'être venus.\r\nÀ {name} & {{ link }}, <b>{% now %}</b>.\r\n\r\nVoir https://amcsti.fr/photos."
    write(issuer, invitation_text=text)

    plain, html = parts(invite(waiting))

    first, second = "Merci d’être venus.", "À {name} & {{ link }}, <b>{% now %}</b>."
    assert f"\n{first}\n{second}\n\nVoir https://amcsti.fr/photos.\n" in spaces(plain)
    escaped = second.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"{first}<br>{escaped}</p>" in spaces(html)
    assert "<b>" not in html
    assert html.index(first) < html.index("Obtenir mon badge")
    assert plain.index(first) < plain.index("Obtenir mon badge")


def test_a_text_whose_link_is_no_longer_allowed_is_left_out(waiting, issuer):
    write(issuer, invitation_text="Voir https://amcsti.fr/photos", url="https://ailleurs.fr/")

    for text in parts(invite(waiting)):
        assert "photos" not in text


@pytest.mark.parametrize(
    "text",
    [
        "Merci. À bientôt !",
        "Voir https://amcsti.fr, puis http://www.amcsti.fr/a?b=c#d.",
        "Voir amcsti.fr/congres (et www.amcsti.fr).",
        "Écrivez à prenom.nom@ailleurs.fr, à 18.30, c.-à-d. le soir.",
        "Votre compte : http://localhost:8000/compte/",
    ],
)
def test_links_home_are_allowed(text, settings):
    settings.SITE_URL = "http://localhost:8000"

    assert foreign_links(text, "https://www.amcsti.fr/") == []


@pytest.mark.parametrize(
    "link",
    [
        "https://ailleurs.fr/",
        "HTTPS://AILLEURS.FR",
        "https://amcsti.fr.ailleurs.org/",
        "https://amcsti.fr@ailleurs.org/",
        "https://ailleurs.org\\.amcsti.fr/",
        "https://congres.amcsti.fr/",
        "ftp://amcsti.fr/",
        "javascript://amcsti.fr/%0aalert(1)",
        "www.ailleurs.org",
        "ailleurs.org/x",
        "bit.ly/x",
        "https://[::1",
        "https://xn--amcst-7va.fr/",
    ],
)
def test_other_links_are_refused_and_named(issuer, link):
    assert foreign_links(f"Voir {link} vite", issuer.url) == [link]

    issuer.invitation_text = f"Voir {link} vite"
    with pytest.raises(ValidationError) as refusal:
        issuer.full_clean()
    assert link in spaces(str(refusal.value.message_dict["invitation_text"][0])) or "\\" in link


# How one stops them


def test_both_mails_can_be_stopped_with_one_click(waiting, issuer):
    stop = stopping.link_for(issuer, "claire@exemple.fr")

    for mail in (invite(waiting), render(mails.reminder, reminder(waiting))):
        parsed = message_from_string(mail.message().as_string())
        assert "".join(parsed["List-Unsubscribe"].split()) == f"<{stop}>"
        assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        for text in parts(mail):
            assert stop in text
            assert "Je ne veux plus recevoir d’e-mails de Amcsti" in text
            assert f"{claims.link_for(waiting)}?transmettre" in text
            assert "Ce badge n’est pas pour moi" in text


def test_a_sample_stops_nothing(waiting):
    mail = sample(waiting.badge_class, name="Claire Martin")

    assert not mail.extra_headers
    assert "desinscription" not in "".join(parts(mail))


@pytest.mark.parametrize("renderer, make", [(mails.invitation, invitation), (mails.reminder, reminder)])
def test_who_wants_no_more_mails_gets_none(waiting, issuer, renderer, make):
    message = make(waiting)
    assert render(renderer, message) is not None
    OptOut.objects.create(issuer=IssuerFactory(), folded_address="claire@exemple.fr")
    assert render(renderer, message) is not None
    OptOut.objects.create(issuer=issuer, folded_address="claire@exemple.fr")

    assert render(renderer, message) is None


# The reminder


def test_the_reminder_is_short_and_has_the_same_link(waiting):
    mail = render(mails.reminder, reminder(waiting))

    assert spaces(mail.subject) == "Rappel : votre badge « Médiation » vous attend"
    for text in parts(mail):
        assert "Bonjour Claire," in text
        assert "Le badge « Médiation », délivré par Amcsti, vous attend." in spaces(text)
        assert claims.link_for(waiting) in text
        assert f"{claims.link_for(waiting)}?refuser" in text
        assert "vous ne recevrez pas d’autre rappel" in text
        assert "Ce que ce badge reconnaît" not in text


def test_the_whole_reminder_as_text(waiting):
    AssertionFactory(
        badge_class=waiting.badge_class, recipient_address="claire@exemple.fr", recipient_name="Zoé"
    )
    link, until = claims.link_for(waiting), date_format(timezone.localtime(waiting.claim_until), "j F Y")

    body = spaces(render(mails.reminder, reminder(waiting)).body)

    assert body.partition("\n-- \n")[0] == (
        "Bonjour Claire,\n\n"
        "Le badge « Médiation », délivré par Amcsti, vous attend.\n\n"
        "Ce badge est destiné à Claire Martin, dont l’inscription porte votre adresse."
        " Si ce n’est pas vous, transmettez-le :\n"
        f"{link}?transmettre\n\n"
        f"Obtenir mon badge :\n{link}\n\n"
        f"Ce lien est personnel ; il est valable jusqu’au {until}."
        " Si vous ne voulez pas de ce badge, refusez-le : vous ne recevrez pas d’autre rappel.\n"
    )


def test_no_reminder_leaves_for_what_was_answered_or_replaced(waiting):
    message = reminder(waiting)
    waiting.generation = 2
    waiting.save()
    assert render(mails.reminder, message) is None
    message = reminder(waiting)
    decline(assertion=waiting)

    assert render(mails.reminder, message) is None


# An address that is shared, or given by a person


def test_a_shared_address_learns_for_whom_the_badge_is(waiting):
    words = "Ce badge est destiné à Claire Martin, dont l’inscription porte votre adresse."
    for text in parts(invite(waiting)):
        assert words not in text

    AssertionFactory(
        badge_class=waiting.badge_class, recipient_address="claire@exemple.fr", recipient_name="Zoé"
    )

    for text in parts(invite(waiting)):
        assert words in text
        assert f"{claims.link_for(waiting)}?transmettre" in text
        assert "Zoé" not in text


def test_a_badge_that_was_revoked_or_is_another_one_shares_nothing(waiting):
    AssertionFactory(badge_class=waiting.badge_class, recipient_address="claire@exemple.fr", revoked=True)
    AssertionFactory(recipient_address="claire@exemple.fr")

    assert "destiné à" not in invite(waiting).body


def test_what_the_organiser_corrected_since_was_not_passed_on(waiting):
    words = "Une personne qui avait reçu ce badge vous le transmet."
    AwardEvent.objects.create(assertion=waiting, kind=EventKind.FORWARDED, before="zoe@exemple.fr")
    waiting.generation = 2
    waiting.save()
    assert words in invite(waiting).body
    AwardEvent.objects.create(assertion=waiting, kind=EventKind.READDRESSED, at=timezone.now())

    assert words not in invite(waiting).body
