"""Corrections after the sending: each on every state, what it writes, whom it tells, what it refuses and how."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from badges.enums import AssertionState, BatchState, EventKind, LineOutcome, RevocationReason
from badges.exceptions import NotPossible
from badges.lists import Line
from badges.models import Assertion, AwardEvent, BatchLine, OptOut
from badges.services import figures, send
from badges.services.decline import decline
from badges.services.expire import expire
from badges.services.issue import issue
from badges.services.readdress import readdress
from badges.services.reissue import reissue
from badges.services.rename import rename
from badges.services.resend import resend
from badges.services.revoke import revoke
from notifications.enums import MessageState, Priority
from notifications.models import Message
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _french():
    with override("fr"):
        yield


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti)


@pytest.fixture
def sent(badge) -> Assertion:
    """A waiting award whose invitation has left."""
    issue(badge_class=badge, lines=[Line(1, "claire@exemple.fr", "Claire Martin")], source="liste.csv")
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    return Assertion.objects.get()


@pytest.fixture
def held(badge, alice) -> Assertion:
    return AssertionFactory(
        badge_class=badge,
        accepted=True,
        holder=alice,
        recipient_name="Alice Martin",
        recipient_address="pro@asso.fr",
    )


def events() -> list[tuple]:
    return list(AwardEvent.objects.order_by("pk").values_list("assertion", "kind", "by", "before", "after"))


def mails() -> list[tuple[str, str]]:
    """What waits, by kind and address."""
    queued = Message.objects.filter(state=MessageState.QUEUED).order_by("pk")
    return list(queued.values_list("kind", "address"))


ACTS = {
    "resend": lambda award: resend(assertion=award, by=None),
    "readdress": lambda award: readdress(assertion=award, address="autre@exemple.fr", by=None),
    "rename": lambda award: rename(assertion=award, name="Autre Nom", by=None),
    "expire": lambda award: expire(assertion=award, at=datetime(2030, 1, 1, tzinfo=UTC), by=None),
    "revoke": lambda award: revoke(assertion=award, reason=RevocationReason.MISTAKE),
    "reissue": lambda award: reissue(assertion=award, by=None),
}
STATES = {
    "pending": {},
    "accepted": {"accepted": True},
    "declined": {"declined": True},
    "revoked": {"revoked": True},
    "accepted and expired": {"accepted": True, "expires_at": datetime(2020, 1, 1, tzinfo=UTC)},
    "accepted and revoked": {"accepted": True, "revoked": True},
}
# None: it happens. Else: the sentence.
TABLE = {
    "resend": {
        "pending": None,
        "accepted": "Ce badge a été accepté : il n’y a plus rien à envoyer.",
        "declined": "Cette personne a refusé le badge : délivrez-le de nouveau si elle le demande.",
        "revoked": "Ce badge a été révoqué : délivrez-le plutôt de nouveau.",
        "accepted and expired": "Ce badge a été accepté : il n’y a plus rien à envoyer.",
        "accepted and revoked": "Ce badge a été révoqué : délivrez-le plutôt de nouveau.",
    },
    "rename": {
        **dict.fromkeys(["pending", "accepted", "declined", "accepted and expired"]),
        "revoked": "Ce badge a été révoqué : son nom ne change plus.",
        "accepted and revoked": "Ce badge a été révoqué : son nom ne change plus.",
    },
    "expire": {
        **dict.fromkeys(["pending", "accepted", "declined", "accepted and expired"]),
        "revoked": "Ce badge a été révoqué : sa date d’expiration ne change plus.",
        "accepted and revoked": "Ce badge a été révoqué : sa date d’expiration ne change plus.",
    },
    "revoke": dict.fromkeys(STATES),
    "reissue": {
        "pending": "Ce badge attend encore une réponse : renvoyez plutôt son e-mail.",
        "accepted": "Ce badge est accepté et valide : il n’y a pas lieu de le délivrer de nouveau.",
        **dict.fromkeys(["declined", "revoked", "accepted and expired", "accepted and revoked"]),
    },
}
TABLE["readdress"] = TABLE["resend"]


@pytest.mark.parametrize("act, state", [(act, state) for act in ACTS for state in STATES])
def test_each_act_on_each_state(badge, act, state):
    award = AssertionFactory(badge_class=badge, **STATES[state])
    before = Assertion.objects.values().get()
    refusal = TABLE[act][state]
    if refusal is None:
        ACTS[act](award)
    else:
        with pytest.raises(NotPossible) as raised:
            ACTS[act](award)
        assert str(raised.value).replace("\xa0", " ") == refusal
        assert Assertion.objects.values().get() == before
        assert not AwardEvent.objects.exists()
        assert not Message.objects.exists()


class TestResend:
    def test_it_is_the_same_link_and_the_line_carries_the_new_mail(self, sent, olga):
        resend(assertion=sent, by=olga)

        mail = Message.objects.get(state=MessageState.QUEUED)
        assert (mail.key, mail.address, mail.priority) == (
            f"invitation:{sent.uid}:1:1",
            "claire@exemple.fr",
            Priority.ORDINARY,
        )
        assert BatchLine.objects.get().message == mail
        assert events() == [(sent.pk, EventKind.RESENT, olga.pk, "", "claire@exemple.fr")]

    def test_three_times_an_hour_and_then_the_hour_after(self, sent, olga):
        for _n in range(3):
            resend(assertion=sent, by=olga)
        with pytest.raises(NotPossible, match="3 fois en une heure"):
            resend(assertion=sent, by=olga)
        AwardEvent.objects.update(at=timezone.now() - timedelta(minutes=61))
        resend(assertion=sent, by=olga)

        assert Message.objects.get(state=MessageState.QUEUED).key == f"invitation:{sent.uid}:1:4"
        assert Message.objects.filter(state=MessageState.CANCELLED).count() == 3

    def test_a_mail_that_still_waits_is_replaced_not_doubled(self, sent, olga):
        Message.objects.update(state=MessageState.HELD, sent_at=None)
        resend(assertion=sent, by=olga)

        assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == [
            MessageState.CANCELLED,
            MessageState.QUEUED,
        ]

    def test_an_expired_link_is_replaced(self, sent, olga):
        Assertion.objects.update(claim_until=timezone.now() - timedelta(days=1))
        resend(assertion=sent, by=olga)

        sent.refresh_from_db()
        assert sent.generation == 2
        assert sent.claim_until > timezone.now() + timedelta(days=89)
        assert Message.objects.get(state=MessageState.QUEUED).key == f"invitation:{sent.uid}:2:1"

    def test_who_wants_no_mail_gets_none(self, sent, olga):
        OptOut.objects.create(issuer=sent.badge_class.issuer, folded_address="claire@exemple.fr")
        with pytest.raises(NotPossible, match="ne veut plus recevoir"):
            resend(assertion=sent, by=olga)

        assert mails() == []

    def test_a_list_that_is_stopped_then_does_not_take_back_what_was_told(self, badge, sent, olga):
        resend(assertion=sent, by=olga)
        send.cancel(batch=sent.lines.get().batch)

        assert Assertion.objects.get() == sent
        assert Message.objects.filter(state=MessageState.QUEUED).count() == 0


class TestReaddress:
    def test_the_old_link_dies_and_the_right_address_gets_one(self, sent, olga):
        Assertion.objects.update(opened_at=timezone.now(), claim_until=timezone.now())
        readdress(assertion=sent, address=" Claire.M@Exemple.FR ", by=olga)

        sent.refresh_from_db()
        assert (sent.recipient_address, sent.folded_address) == ("claire.m@exemple.fr",) * 2
        assert (sent.generation, sent.opened_at) == (2, None)
        assert sent.claim_until > timezone.now() + timedelta(days=89)
        assert mails() == [("invitation", "claire.m@exemple.fr")]
        assert BatchLine.objects.get().message.key == f"invitation:{sent.uid}:2"
        assert events() == [
            (sent.pk, EventKind.READDRESSED, olga.pk, "claire@exemple.fr", "claire.m@exemple.fr")
        ]

    def test_the_first_mail_does_not_leave_any_more(self, sent, olga):
        Message.objects.update(state=MessageState.QUEUED, sent_at=None)
        readdress(assertion=sent, address="c@exemple.fr", by=olga)

        assert mails() == [("invitation", "c@exemple.fr")]

    def test_the_same_address_is_nothing(self, sent, olga):
        readdress(assertion=sent, address="CLAIRE@exemple.fr", by=olga)

        assert events() == []
        assert mails() == []

    @pytest.mark.parametrize(
        "address, sentence",
        [
            ("", "L’adresse manque"),
            ("claire", "Cette adresse n’est pas valide"),
            ("a@exemple.fr, b@exemple.fr", "plusieurs adresses"),
            ("prise@exemple.fr", "Cette adresse a déjà ce badge. Donnez-en une autre."),
            ("non@exemple.fr", "ne veut plus recevoir"),
        ],
    )
    def test_what_is_refused_changes_nothing(self, sent, olga, address, sentence):
        AssertionFactory(badge_class=sent.badge_class, recipient_address="prise@exemple.fr")
        OptOut.objects.create(issuer=sent.badge_class.issuer, folded_address="non@exemple.fr")
        with pytest.raises(NotPossible, match=sentence):
            readdress(assertion=sent, address=address, by=olga)

        sent.refresh_from_db()
        assert (sent.recipient_address, sent.generation) == ("claire@exemple.fr", 1)
        assert events() == []
        assert mails() == []

    def test_a_list_that_is_faster_is_a_sentence(self, sent, olga, monkeypatch):
        AssertionFactory(
            badge_class=sent.badge_class, recipient_address="prise@exemple.fr", recipient_name="Claire Martin"
        )
        monkeypatch.setattr("badges.services.readdress._require_free", lambda *args: None)
        with pytest.raises(NotPossible, match="Cette adresse a déjà ce badge"):
            readdress(assertion=sent, address="prise@exemple.fr", by=olga)

        assert mails() == []

    def test_a_withdrawn_award_does_not_take_the_address(self, sent, olga):
        AssertionFactory(badge_class=sent.badge_class, recipient_address="prise@exemple.fr", revoked=True)
        readdress(assertion=sent, address="prise@exemple.fr", by=olga)

        assert mails() == [("invitation", "prise@exemple.fr")]


class TestRename:
    def test_the_holder_is_told_at_the_account(self, held, olga):
        rename(assertion=held, name="  Alice   Martin-Roux ", by=olga)

        held.refresh_from_db()
        assert (held.recipient_name, held.folded_name) == ("Alice Martin-Roux", "alice martin roux")
        assert mails() == [("award-renamed", "alice@exemple.fr")]
        assert events() == [(held.pk, EventKind.RENAMED, olga.pk, "Alice Martin", "Alice Martin-Roux")]

    def test_nobody_is_told_of_a_badge_that_waits(self, sent, olga):
        rename(assertion=sent, name="Clara Martin", by=olga)

        assert mails() == []
        assert events() == [(sent.pk, EventKind.RENAMED, olga.pk, "Claire Martin", "Clara Martin")]

    def test_the_same_name_is_nothing_and_another_case_is_a_correction(self, held, olga):
        rename(assertion=held, name="Alice  Martin", by=olga)
        assert events() == []
        rename(assertion=held, name="Alice MARTIN", by=olga)
        assert len(events()) == 1

    @pytest.mark.parametrize(
        "name, sentence",
        [
            ("  ", "Donnez le nom que montre le badge"),
            ("x" * 161, "160 caractères"),
            ("bob leroy", "Une personne de ce nom a déjà ce badge"),
        ],
    )
    def test_what_is_refused_changes_nothing(self, held, olga, name, sentence):
        AssertionFactory(
            badge_class=held.badge_class, recipient_address="pro@asso.fr", recipient_name="Bob Leroy"
        )
        with pytest.raises(NotPossible, match=sentence):
            rename(assertion=held, name=name, by=olga)

        held.refresh_from_db()
        assert held.recipient_name == "Alice Martin"
        assert events() == []
        assert mails() == []

    def test_the_figures_of_the_gallery_stay_true(self, badge, olga):
        unnamed = AssertionFactory(badge_class=badge, public=True, recipient_name="")
        badge.refresh_from_db()
        assert badge.public_recipients == 0
        rename(assertion=unnamed, name="Claire Martin", by=olga)

        badge.refresh_from_db()
        assert badge.public_recipients == 1
        assert figures.true_figures(badge)["public_recipients"] == 1


class TestExpire:
    DAY = datetime(2030, 6, 30, 22, tzinfo=UTC)

    def test_an_end_is_set_and_taken_away(self, held, olga):
        expire(assertion=held, at=self.DAY, by=olga)
        expire(assertion=held, at=self.DAY, by=olga)
        expire(assertion=held, at=None, by=olga)

        held.refresh_from_db()
        assert held.expires_at is None
        assert events() == [
            (held.pk, EventKind.EXPIRY, olga.pk, "", "2030-07-01"),
            (held.pk, EventKind.EXPIRY, olga.pk, "2030-07-01", ""),
        ]
        assert mails() == [("award-expiry", "alice@exemple.fr")] * 2

    def test_a_past_end_is_the_end(self, sent, olga):
        expire(assertion=sent, at=timezone.now() - timedelta(seconds=1), by=olga)

        sent.refresh_from_db()
        assert sent.is_expired
        assert mails() == []


class TestReissue:
    def test_what_was_revoked_is_a_new_award_with_a_line_of_its_own(self, held, olga):
        revoke(assertion=held, reason=RevocationReason.MISTAKE, by=olga)
        new = reissue(assertion=held, by=olga)

        held.refresh_from_db()
        assert held.is_revoked
        assert new.pk != held.pk
        assert (new.recipient_address, new.recipient_name, new.state, new.holder) == (
            "pro@asso.fr",
            "Alice Martin",
            AssertionState.PENDING,
            None,
        )
        line = BatchLine.objects.select_related("batch").get(assertion=new)
        assert (line.number, line.outcome, line.message.key) == (
            1,
            LineOutcome.CREATED,
            f"invitation:{new.uid}:1",
        )
        assert (line.batch.source, line.batch.created_by, line.batch.state) == (
            "nouvelle délivrance",
            olga,
            BatchState.SENDING,
        )
        assert events()[1:] == [
            (held.pk, EventKind.REISSUED, olga.pk, "", new.printed_code),
            (new.pk, EventKind.REISSUED, olga.pk, held.printed_code, ""),
        ]

    def test_twice_is_refused_and_leaves_no_list(self, sent, olga):
        revoke(assertion=sent, reason=RevocationReason.MISTAKE, by=olga)
        reissue(assertion=sent, by=olga)
        with pytest.raises(NotPossible, match="déjà ce badge, par une autre délivrance"):
            reissue(assertion=sent, by=olga)

        assert BatchLine.objects.count() == 2
        assert Assertion.objects.count() == 2

    def test_another_person_of_the_address_does_not_stand_in_the_way(self, sent, olga):
        AssertionFactory(
            badge_class=sent.badge_class, recipient_address="claire@exemple.fr", recipient_name="Paul Martin"
        )
        revoke(assertion=sent, reason=RevocationReason.MISTAKE, by=olga)

        assert reissue(assertion=sent, by=olga).recipient_name == "Claire Martin"

    def test_who_declined_is_asked_again_by_a_new_link(self, sent, olga):
        decline(assertion=sent)
        reissue(assertion=sent, by=olga)

        sent.refresh_from_db()
        assert (sent.state, sent.declined_at, sent.generation) == (AssertionState.PENDING, None, 2)
        assert mails() == [("invitation", "claire@exemple.fr")]
        assert BatchLine.objects.get().message.key == f"invitation:{sent.uid}:2"
        assert events() == [(sent.pk, EventKind.REISSUED, olga.pk, "", "")]

    @pytest.mark.parametrize("days, ends", [(None, False), (30, True)])
    def test_what_expired_has_a_new_period_from_today(self, held, olga, days, ends):
        held.badge_class.valid_days = days
        held.badge_class.save()
        Assertion.objects.update(expires_at=datetime(2020, 1, 1, 12, tzinfo=UTC))
        reissue(assertion=held, by=olga)

        held.refresh_from_db()
        today = timezone.localdate()
        after = today + timedelta(days=30) if ends else None
        assert (held.expires_at and timezone.localtime(held.expires_at).date()) == after
        assert events() == [
            (held.pk, EventKind.REISSUED, olga.pk, "2020-01-01", after.isoformat() if after else "")
        ]
        assert mails() == [("award-expiry", "alice@exemple.fr")]

    @pytest.mark.parametrize("end", [decline, lambda **kw: revoke(reason=RevocationReason.REQUEST, **kw)])
    def test_who_wants_no_mail_is_left_in_peace(self, sent, olga, end):
        end(assertion=sent)
        OptOut.objects.create(issuer=sent.badge_class.issuer, folded_address="claire@exemple.fr")
        known = len(events())
        with pytest.raises(NotPossible, match="ne veut plus recevoir"):
            reissue(assertion=sent, by=olga)

        assert mails() == []
        assert len(events()) == known
