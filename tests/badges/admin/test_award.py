"""The page of one award and the actions on many: what they show, change and refuse."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from badges.enums import AssertionState, EventKind, RevocationReason
from badges.lists import Line
from badges.models import Assertion, AwardEvent
from badges.services.events import log
from badges.services.issue import issue
from badges.services.revoke import revoke
from notifications.enums import MessageState
from notifications.models import Message
from notifications.registry import renderers
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory

pytestmark = pytest.mark.django_db

CHANGELIST = "admin:badges_assertion_changelist"


@pytest.fixture(autouse=True)
def _reminders(monkeypatch):
    monkeypatch.setitem(renderers, "reminder", renderers.get("reminder", lambda message: None))


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti, name="Congrès 2019")


@pytest.fixture
def sent(badge):
    issue(badge_class=badge, lines=[Line(1, "claire@exemple.fr", "Claire Martin")], source="liste.csv")
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    return Assertion.objects.get()


def page_of(assertion) -> str:
    return reverse("admin:badges_assertion_change", args=[assertion.pk])


def text(answer) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


FORMS = {
    "pending": ({}, ["resend", "readdress", "rename", "expire", "revoke"]),
    "accepted": ({"accepted": True}, ["rename", "expire", "revoke"]),
    "expired": (
        {"accepted": True, "expires_at": datetime(2020, 1, 1, tzinfo=UTC)},
        ["rename", "expire", "reissue", "revoke"],
    ),
    "declined": ({"declined": True}, ["rename", "expire", "reissue", "revoke"]),
    "revoked": ({"revoked": True}, ["reissue"]),
}


@pytest.mark.parametrize("state", FORMS)
def test_each_state_offers_what_it_allows(signed_in, olga, badge, state):
    traits, offered = FORMS[state]
    answer = signed_in(olga).get(page_of(AssertionFactory(badge_class=badge, **traits)))

    assert [form.key for form in answer.context["forms"]] == offered


def test_the_page_tells_the_mail_the_visit_and_the_history(signed_in, olga, sent):
    Assertion.objects.update(
        opened_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        reminded_at=datetime(2026, 3, 1, 8, 0, tzinfo=UTC),
        reminders=2,
    )
    log(assertion=sent, kind=EventKind.RENAMED, by=olga, before="Clare", after="Claire Martin")
    log(assertion=sent, kind=EventKind.FORWARDED, before="a@exemple.fr", after="b@exemple.fr")
    log(assertion=sent, kind=EventKind.EXPIRY, after="2030-07-01")
    log(assertion=sent, kind=EventKind.REISSUED, before="7K3M-9QX2-PLHV")
    shown = text(signed_in(olga).get(page_of(sent)))

    for part in (
        "claire@exemple.fr",
        "liste.csv",
        "Envoyé",
        "2 mars 2026 10:30",
        "2 rappels",
        "Clare → Claire Martin",
        "Olga Petit",
        "a@exemple.fr → b@exemple.fr",
        "la personne, par le lien",
        "1 juillet 2030",
        "7K3M-9QX2-PLHV",
    ):
        assert part in shown
    assert "/obtenir/" not in shown


def test_a_revoked_award_says_why_and_who(signed_in, olga, badge):
    award = AssertionFactory(badge_class=badge, accepted=True)
    revoke(assertion=award, reason=RevocationReason.CRITERIA, by=olga)
    shown = text(signed_in(olga).get(page_of(award)))

    assert shown.count("critères non remplis") == 2
    assert "Olga Petit" in shown


def test_the_page_costs_the_same_with_one_event_and_with_many(
    signed_in, olga, sent, django_assert_max_num_queries
):
    browser, counts = signed_in(olga), []
    for _n in range(2):
        for _event in range(5):
            log(assertion=sent, kind=EventKind.RESENT, by=UserFactory())
        with django_assert_max_num_queries(11) as captured:
            browser.get(page_of(sent))
        counts.append(len(captured))

    assert counts[0] == counts[1]


ACTS = [
    ("resend", {}, "L’e-mail est de nouveau en file.", EventKind.RESENT),
    (
        "readdress",
        {"readdress-address": "c@exemple.fr"},
        "L’adresse est corrigée ; l’e-mail est en file.",
        EventKind.READDRESSED,
    ),
    ("rename", {"rename-name": "Clara Martin"}, "Le nom est corrigé.", EventKind.RENAMED),
    (
        "expire",
        {"expire-last_day": "2030-07-01"},
        "La date d’expiration est changée.",
        EventKind.EXPIRY,
    ),
    ("revoke", {"revoke-reason": "mistake"}, "Le badge est révoqué.", EventKind.REVOKED),
]


@pytest.mark.parametrize("act, data, said, kind", ACTS)
def test_what_is_done_is_said_and_noted_with_who(signed_in, olga, sent, act, data, said, kind):
    answer = signed_in(olga).post(page_of(sent), {"act": act, **data}, follow=True)

    assert said in text(answer)
    assert AwardEvent.objects.values_list("kind", "by").get() == (kind, olga.pk)


def test_awarding_again_leads_to_the_new_award(signed_in, olga, sent):
    revoke(assertion=sent, reason=RevocationReason.MISTAKE)
    answer = signed_in(olga).post(page_of(sent), {"act": "reissue"})

    new = Assertion.objects.get(revoked_at=None)
    assert answer.url == page_of(new)


def test_the_last_day_is_valid_to_its_end(signed_in, olga, sent):
    browser = signed_in(olga)
    browser.post(page_of(sent), {"act": "expire", "expire-last_day": "2030-07-01"})
    sent.refresh_from_db()
    assert timezone.localtime(sent.expires_at).isoformat() == "2030-07-01T23:59:59+02:00"
    assert 'value="2030-07-01"' in text(browser.get(page_of(sent)))

    browser.post(page_of(sent), {"act": "expire", "expire-last_day": ""})
    sent.refresh_from_db()
    assert sent.expires_at is None


def test_a_day_that_was_not_touched_does_not_move_the_hour(signed_in, olga, sent):
    Assertion.objects.update(expires_at=datetime(2030, 7, 1, 8, 0, tzinfo=UTC))
    signed_in(olga).post(page_of(sent), {"act": "expire", "expire-last_day": "2030-07-01"})

    sent.refresh_from_db()
    assert sent.expires_at == datetime(2030, 7, 1, 8, 0, tzinfo=UTC)
    assert not AwardEvent.objects.exists()


@pytest.mark.parametrize(
    "data, field, sentence, kept",
    [
        (
            {"act": "readdress", "readdress-address": "claire"},
            "address",
            "Cette adresse n’est pas valide.",
            'value="claire"',
        ),
        ({"act": "rename", "rename-name": " "}, "name", "Remplissez ce champ.", "id_rename-name"),
        ({"act": "expire", "expire-last_day": "demain"}, "last_day", "date", 'value="demain"'),
        ({"act": "revoke", "revoke-reason": ""}, "reason", "Remplissez ce champ.", "id_revoke-reason"),
        ({"act": "revoke", "revoke-reason": "parce que"}, "reason", "parce que", "id_revoke-reason"),
    ],
)
def test_a_refusal_stands_beside_the_field_and_nothing_is_lost(
    signed_in, olga, sent, data, field, sentence, kept
):
    before = Assertion.objects.values().get()
    answer = signed_in(olga).post(page_of(sent), data)

    form = next(form for form in answer.context["forms"] if form.key == data["act"])
    assert list(form.errors) == [field]
    assert sentence in text(answer)
    assert kept in text(answer)
    assert Assertion.objects.values().get() == before


def test_what_is_no_longer_offered_says_why(signed_in, olga, sent):
    Assertion.objects.update(state=AssertionState.DECLINED, declined_at=timezone.now())
    answer = signed_in(olga).post(page_of(sent), {"act": "resend"})

    assert "Cette personne a refusé le badge : délivrez-le de nouveau si elle le demande." in text(answer)


def test_an_unknown_act_does_nothing(signed_in, olga, sent):
    before = Assertion.objects.values().get()
    for act in ("", "delete", "__init__"):
        assert signed_in(olga).post(page_of(sent), {"act": act}).status_code == 200

    assert Assertion.objects.values().get() == before


@pytest.mark.parametrize("act, data", [(act, data) for act, data, *_rest in ACTS] + [("reissue", {})])
def test_another_issuers_award_is_unknown(signed_in, olga, amcsti, act, data):
    foreign = AssertionFactory(badge_class__issuer=IssuerFactory(), declined=act == "reissue")
    before = Assertion.objects.values().get()

    assert signed_in(olga).post(page_of(foreign), {"act": act, **data}).status_code == 404
    assert signed_in(olga).get(page_of(foreign)).status_code == 404
    assert signed_in(olga).get(reverse("admin:badges_assertion_change", args=["x"])).status_code == 404
    assert Assertion.objects.values().get() == before
    assert not AwardEvent.objects.exists()


def test_reading_the_page_writes_nothing(signed_in, olga, sent, read_only):
    browser = signed_in(olga)
    with read_only():
        assert browser.get(page_of(sent), {"act": "resend"}).status_code == 200


@pytest.mark.parametrize(
    "answer, names",
    [
        ("", ["A", "D", "E", "P", "R"]),
        ("pending", ["P"]),
        ("accepted", ["A", "E"]),
        ("declined", ["D"]),
        ("revoked", ["R"]),
        ("expired", ["E"]),
    ],
)
def test_the_list_is_filtered_by_state(signed_in, olga, badge, answer, names):
    past = timezone.now() - timedelta(days=1)
    AssertionFactory(badge_class=badge, recipient_name="P")
    AssertionFactory(badge_class=badge, recipient_name="A", accepted=True)
    AssertionFactory(badge_class=badge, recipient_name="E", accepted=True, expires_at=past)
    AssertionFactory(badge_class=badge, recipient_name="D", declined=True)
    AssertionFactory(badge_class=badge, recipient_name="R", accepted=True, revoked=True, expires_at=past)
    found = signed_in(olga).get(reverse(CHANGELIST), {"answer": answer} if answer else {})

    assert sorted(award.recipient_name for award in found.context["cl"].result_list) == names


def test_the_list_says_what_has_expired(signed_in, olga, badge):
    AssertionFactory(
        badge_class=badge, accepted=True, expires_at=timezone.now() - timedelta(days=1), recipient_name="E"
    )

    assert "Accepté, expiré" in text(signed_in(olga).get(reverse(CHANGELIST)))


def chosen(action, *awards, **more) -> dict:
    return {"action": action, "_selected_action": [award.pk for award in awards], **more}


ACTIONS = {
    "remind_selected": {},
    "expire_selected": {"last_day": "2030-07-01"},
    "reissue_selected": {},
    "revoke_selected": {"reason": "mistake"},
}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_asks_first_and_never_touches_another_issuers(signed_in, olga, sent, action):
    foreign = AssertionFactory(recipient_address="zorglub@exemple.fr")
    before = list(Assertion.objects.order_by("pk").values())
    browser, url = signed_in(olga), reverse(CHANGELIST)

    asked = browser.post(url, chosen(action, sent, foreign, **ACTIONS[action]))
    assert asked.status_code == 200
    assert "claire@exemple.fr" in text(asked)
    assert "zorglub" not in text(asked)
    assert list(Assertion.objects.order_by("pk").values()) == before

    done = browser.post(url, chosen(action, sent, foreign, asked="True", **ACTIONS[action]))
    assert done.status_code == 302
    assert not foreign.events.exists()
    assert list(Assertion.objects.filter(pk=foreign.pk).values()) == [
        row for row in before if row["id"] == foreign.pk
    ]


def test_reminding_leaves_in_peace_who_answered(signed_in, olga, sent, badge):
    answered = AssertionFactory(badge_class=badge, accepted=True)
    browser, url = signed_in(olga), reverse(CHANGELIST)

    asked = text(browser.post(url, chosen("remind_selected", sent, answered)))
    assert "1 badge." in asked
    assert "1 des personnes choisies est laissée en paix" in asked
    done = browser.post(url, chosen("remind_selected", sent, answered, asked="True"), follow=True)
    assert "1 rappel est en file." in text(done)
    assert Message.objects.get(kind="reminder").address == "claire@exemple.fr"


def test_all_that_the_filters_found_is_revoked_and_nothing_else(signed_in, olga, badge):
    waiting = AssertionFactory.create_batch(3, badge_class=badge)
    held = AssertionFactory(badge_class=badge, accepted=True)
    url = f"{reverse(CHANGELIST)}?answer=pending"
    data = chosen("revoke_selected", waiting[0], asked="True", reason="mistake", select_across="1")
    done = signed_in(olga).post(url, data, follow=True)

    assert "3 badges ont été révoqués." in text(done)
    held.refresh_from_db()
    assert not held.is_revoked


def test_awarding_many_again_tells_what_was_left_and_why(signed_in, olga, badge):
    declined = AssertionFactory(badge_class=badge, declined=True)
    waiting = AssertionFactory.create_batch(2, badge_class=badge)
    url = reverse(CHANGELIST)
    done = text(
        signed_in(olga).post(url, chosen("reissue_selected", declined, *waiting, asked="True"), follow=True)
    )

    assert "1 badge a été changé." in done
    assert "2 sont restés tels quels : Ce badge attend encore une réponse" in done


def test_too_many_at_once_are_refused(signed_in, olga, badge, monkeypatch):
    monkeypatch.setattr("badges.admin.award.actions.MOST", 1)
    awards = AssertionFactory.create_batch(2, badge_class=badge)
    data = chosen("expire_selected", *awards, asked="True", last_day="2030-07-01")

    assert "Choisissez au plus 1" in text(signed_in(olga).post(reverse(CHANGELIST), data, follow=True))
    assert not AwardEvent.objects.exists()


def test_an_action_without_its_reason_is_asked_again(signed_in, olga, sent):
    answer = signed_in(olga).post(reverse(CHANGELIST), chosen("revoke_selected", sent, asked="True"))

    assert "Remplissez ce champ." in text(answer)
    assert not Assertion.objects.get().is_revoked
