"""The mails of the bell, over SMTP: what may be seen when they leave, and the way to stop them."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from notifications.enums import MessageState, Pace
from notifications.models import Message, Notification, Preference
from notifications.services import digest
from notifications.services.notify import notify
from notifications.services.sending import send_due
from notifications.stopping import read_token

pytestmark = pytest.mark.django_db
NOON, MORNING = "2026-11-24T11:00:00Z", "2026-11-25T07:00:00Z"


def texts(mail) -> tuple[str, str]:
    return tuple(mail.get_body((kind,)).get_content() for kind in ("plain", "html"))


def states() -> list[str]:
    return list(Message.objects.values_list("state", flat=True))


@pytest.fixture
def morning(time_machine, register_news, alice):
    """Three lines of two kinds that wait for the morning, and the way to it."""
    kinds = [register_news("news", label="Les nouvelles"), register_news("slow", label="Les lentes")]
    time_machine.move_to(NOON, tick=False)
    for kind, subject in (("news", "un"), ("slow", "deux"), ("news", "trois")):
        notify(kind=kind, person=alice, subject=subject)

    def come() -> None:
        time_machine.move_to(MORNING, tick=False)
        digest.make_next()

    return come, kinds


def test_at_once_is_one_line_with_its_page(over_smtp, at_once, alice, settings):
    notify(kind="urgent", person=alice, subject="un")
    send_due()
    (mail,) = over_smtp.mails

    assert over_smtp.recipients == ["alice@exemple.fr"]
    assert mail["Subject"] == "Nouvelle un"
    for text in texts(mail):
        assert f"{settings.SITE_URL}/badges/?n=un" in text
        assert f"{settings.SITE_URL}/notifications/preferences/" in text
    assert states() == [MessageState.SENT]


def test_a_digest_is_one_mail_by_kind_in_french(over_smtp, morning):
    come, _kinds = morning
    come()
    send_due()
    (mail,) = over_smtp.mails
    plain, html = texts(mail)

    assert mail["Subject"] == "3 nouvelles pour vous"
    order = ["Les nouvelles", "Nouvelle trois", "Nouvelle un", "Les lentes", "Nouvelle deux"]
    assert re.findall(r"Les \w+|Nouvelle \w+", plain) == order
    assert [html.index(f">{words}") for words in order] == sorted(html.index(f">{words}") for words in order)
    assert "Voir mes notifications" in plain
    assert "Je ne veux plus recevoir ces e-mails" in html


@pytest.mark.parametrize("way", ["hidden", "read", "never", "erased"])
def test_what_may_not_be_seen_is_read_or_unwanted_drops_out(over_smtp, morning, alice, way):
    come, (news, _slow) = morning
    come()
    if way == "hidden":
        news.hidden = {"un", "trois"}
    elif way == "never":
        Preference.objects.create(person=alice, kind="news", pace=Pace.NEVER)
    elif way == "read":
        Notification.objects.filter(kind="news").update(read_at=timezone.now())
    else:
        Notification.objects.filter(kind="news").delete()
    send_due()
    (mail,) = over_smtp.mails

    assert mail["Subject"] == "1 nouvelle pour vous"
    for text in texts(mail):
        assert "Nouvelle deux" in text
        assert "Nouvelle un" not in text
        assert "Nouvelle trois" not in text


@pytest.mark.parametrize("way", ["hidden", "read", "unproved", "inactive", "erased"])
def test_a_mail_with_nothing_to_say_never_leaves(over_smtp, at_once, morning, alice, way):
    come, (news, slow) = morning
    come()
    notify(kind="urgent", person=alice, subject="quatre")
    if way == "hidden":
        news.hidden, slow.hidden, at_once.hidden = {"un", "trois"}, {"deux"}, {"quatre"}
    elif way == "read":
        Notification.objects.update(read_at=timezone.now())
    elif way == "unproved":
        EmailAddress.objects.update(verified=False)
    elif way == "inactive":
        alice.is_active = False
        alice.save()
    else:
        alice.delete()
    send_due()

    assert over_smtp.mails == []
    assert states() == [MessageState.CANCELLED] * 2


def test_it_goes_to_the_address_of_today(over_smtp, at_once, alice):
    notify(kind="urgent", person=alice, subject="un")
    EmailAddress.objects.filter(user=alice).update(email="nouvelle@exemple.fr")
    send_due()

    assert over_smtp.recipients == ["nouvelle@exemple.fr"]


def test_a_very_long_digest_says_that_there_is_more(over_smtp, news, alice, time_machine):
    time_machine.move_to(NOON, tick=False)
    for number in range(51):
        notify(kind="news", person=alice, subject=f"n{number}")
    time_machine.move_to(MORNING, tick=False)
    digest.make_next()
    send_due()
    plain, _html = texts(over_smtp.mails[0])

    assert len(re.findall(r"Nouvelle n\d+", plain)) == 50
    assert "Il y en a d’autres dans votre passeport." in plain


def test_what_a_line_says_is_never_markup_nor_a_header(over_smtp, at_once, alice):
    notify(kind="urgent", person=alice, subject="<b>\r\nBcc: x@exemple.fr")
    send_due()
    (mail,) = over_smtp.mails

    assert mail["Bcc"] is None
    assert "<b>" not in texts(mail)[1]


def test_mailboxes_get_their_button(over_smtp, morning, alice, settings):
    come, _kinds = morning
    come()
    send_due()
    (mail,) = over_smtp.mails
    link = re.fullmatch(r"\s*<(\S+)>", mail["List-Unsubscribe"])[1]

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.startswith(f"{settings.SITE_URL}/notifications/ne-plus-recevoir/")
    stop = read_token(link.rstrip("/").rpartition("/")[2])
    assert (stop.person_id, stop.paces) == (alice.pk, {"news": "daily", "slow": "daily"})
    assert all(link in text.replace("&amp;", "&") for text in texts(mail))
