"""What a holder is told of the issuer's changes: what is true when the mail leaves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from badges.enums import RevocationReason
from badges.models import Assertion
from badges.services.expire import expire
from badges.services.reissue import reissue
from badges.services.rename import rename
from badges.services.revoke import revoke
from notifications.models import Message
from notifications.registry import renderers
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(alice):
    issuer = IssuerFactory(name="Amcsti", email="contact@amcsti.fr")
    return AssertionFactory(
        badge_class=BadgeClassFactory(issuer=issuer, name="Congrès de l'Amcsti 2019"),
        accepted=True,
        holder=alice,
        recipient_name="Alice Martin",
        recipient_address="pro@asso.fr",
    )


def render(message=None):
    message = message or Message.objects.get()
    with override("fr"):
        return renderers[message.kind](message)


def texts(mail) -> list[str]:
    return [text.replace("\xa0", " ").replace("\u202f", " ") for text in (mail.body, mail.alternatives[0][0])]


def test_a_corrected_name(held):
    rename(assertion=held, name="Alice <Roux>", by=None)
    mail = render()

    assert (
        mail.subject.replace("\xa0", " ")
        == "Le nom sur votre badge « Congrès de l'Amcsti 2019 » a été corrigé"
    )
    assert (mail.from_email, mail.reply_to) == ("Amcsti <badges@localhost>", ["contact@amcsti.fr"])
    plain, rich = texts(mail)
    assert "Bonjour Alice," in plain
    assert "Votre badge porte maintenant le nom « Alice <Roux> »." in plain
    assert "« Alice &lt;Roux&gt; »" in rich
    for text in (plain, rich):
        assert "Amcsti a corrigé le nom sur votre badge « Congrès de l’Amcsti 2019 »." in text
        assert f"/badges/{held.uid}/" in text
        assert "pro@asso.fr" not in text


@pytest.mark.parametrize(
    "end, sentence",
    [
        (datetime(2030, 7, 1, 12, tzinfo=UTC), "Il est valable jusqu’au 1 juillet 2030."),
        (
            datetime(2020, 7, 2, 12, tzinfo=UTC),
            "Il a expiré le 2 juillet 2020. Il reste dans votre passeport.",
        ),
        (None, "Il n’expire plus."),
    ],
)
def test_another_validity(held, end, sentence):
    Assertion.objects.update(expires_at=timezone.now() + timedelta(days=5))
    expire(assertion=held, at=end, by=None)
    mail = render()

    assert (
        mail.subject.replace("\xa0", " ")
        == "La validité de votre badge « Congrès de l'Amcsti 2019 » a changé"
    )
    for text in texts(mail):
        assert sentence in text


def test_a_revocation_gives_its_reason(held):
    held.badge_class.issuer.reply_to = "reponses@amcsti.fr"
    held.badge_class.issuer.sender_name = "L'équipe"
    held.badge_class.issuer.save()
    revoke(assertion=held, reason=RevocationReason.CRITERIA, by=None)
    mail = render()

    assert mail.subject.replace("\xa0", " ") == "Votre badge « Congrès de l'Amcsti 2019 » a été révoqué"
    assert mail.reply_to == ["reponses@amcsti.fr"]
    assert "badges@localhost" in mail.from_email
    assert "Amcsti" not in mail.from_email
    for text in texts(mail):
        assert "Motif : critères non remplis." in text
        assert "Il reste dans votre passeport, marqué comme révoqué" in text


def test_an_issuer_without_address_has_no_reply_to(held):
    held.badge_class.issuer.email = ""
    held.badge_class.issuer.save()
    revoke(assertion=held, reason=RevocationReason.CRITERIA, by=None)

    assert render().reply_to == []


def test_of_several_changes_the_last_is_told(held):
    rename(assertion=held, name="Alice A", by=None)
    rename(assertion=held, name="Alice B", by=None)
    first, second = Message.objects.order_by("pk")
    assert render(first) is None
    assert "Alice B" in render(second).body

    revoke(assertion=held, reason=RevocationReason.CRITERIA, by=None)
    assert render(second) is None
    assert render(Message.objects.get(kind="award-revoked"))


def test_a_new_period_says_it_better_than_the_end_before(held):
    expire(assertion=held, at=timezone.now(), by=None)
    reissue(assertion=held, by=None)
    first, second = Message.objects.order_by("pk")

    assert render(first) is None
    assert texts(render(second))


def test_an_account_that_is_gone_is_told_nothing(held):
    rename(assertion=held, name="Alice A", by=None)
    Assertion.objects.update(holder=None, state="pending", accepted_at=None)
    assert render() is None
    Assertion.objects.all().delete()
    assert render() is None
