"""Following a list and a badge: true numbers, the people behind them, and nothing of who shows what to whom."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from badges.enums import AssertionState, BatchState, EventKind
from badges.models import Assertion, AwardEvent, Batch, OptOut
from badges.services import draft, send
from notifications.enums import Delivery, MessageState
from notifications.models import Message
from notifications.registry import renderers
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti, slug="congres")


def sent_list(badge, olga, people: int = 3, *more: str) -> Batch:
    rows = [f"p{n}@exemple.fr,Personne {n}" for n in range(people)]
    raw = "\n".join(["e-mail,nom", *rows, *more]).encode()
    batch = draft.draft(badge_class=badge, raw=raw, source="liste.csv", by=olga)
    send.confirm(batch=batch)
    send.advance_due()
    batch.refresh_from_db()
    return batch


def leave(*messages: Message, **more) -> None:
    Message.objects.filter(pk__in=[m.pk for m in messages]).update(
        state=MessageState.SENT, sent_at=timezone.now(), **more
    )


def mails(batch: Batch) -> list[Message]:
    return [line.message for line in batch.lines.filter(outcome="created").select_related("message")]


def url(batch: Batch, act: str = "change") -> str:
    return reverse(f"admin:badges_batch_{act}", args=[batch.pk])


def badge_url(badge, act: str = "follow") -> str:
    return reverse(f"admin:badges_badgeclass_{act}", args=[badge.pk])


def answer(batch: Batch, number: int, state: str, **more) -> Assertion:
    award = batch.lines.get(number=number + 2).assertion
    if state == AssertionState.ACCEPTED:
        more |= {"holder": UserFactory(), "accepted_at": timezone.now()}
    elif state == AssertionState.DECLINED:
        more |= {"declined_at": timezone.now()}
    Assertion.objects.filter(pk=award.pk).update(state=state, **more)
    award.refresh_from_db()
    return award


def shown(answer) -> dict[str, int | None]:
    return {stage.label: stage.count for stage in answer.context["stages"]}


def test_progress_counts_what_left_and_what_was_refused(signed_in, olga, badge):
    batch = sent_list(badge, olga, 6)
    first, second, third, fourth, *_ = mails(batch)
    leave(first, second)
    leave(third, delivery=Delivery.BOUNCED)
    Message.objects.filter(pk=fourth.pk).update(state=MessageState.FAILED)
    Message.objects.filter(state=MessageState.QUEUED).update(attempts=1)

    page = signed_in(olga).get(url(batch)).content.decode()

    assert "3 sur 6 envoyés" in page
    assert "2 rejetés" in page
    assert "2 e-mails en attente d’un nouvel essai." in page
    assert "Vous pouvez fermer cette page." in page
    assert 'hx-trigger="every 10s"' in page
    assert "Actualiser" in page


def test_a_list_with_an_hour_says_when_it_leaves(signed_in, olga, badge):
    batch = draft.draft(badge_class=badge, raw=b"e-mail\na@exemple.fr", source="x", by=olga)
    send.confirm(batch=batch, starts_at=timezone.now() + timedelta(days=1))

    page = signed_in(olga).get(url(batch)).content.decode()

    assert "Départ prévu le" in page
    assert "1 ligne encore à délivrer." in page


def test_the_end_is_estimated_by_the_pace_of_the_last_minutes(signed_in, olga, badge):
    batch = sent_list(badge, olga, 12)
    browser = signed_in(olga)
    leave(*mails(batch)[:4])
    assert "Fin estimée" not in browser.get(url(batch)).content.decode()
    leave(*mails(batch)[:6])
    before = timezone.now()
    ends_at = browser.get(url(batch)).context["progress"].ends_at
    assert abs(ends_at - (before + timedelta(minutes=5))) < timedelta(seconds=20)


def test_each_step_counts_who_reached_a_later_one(signed_in, olga, badge):
    batch = sent_list(badge, olga, 8)
    leave(*mails(batch)[:6])
    Message.objects.filter(pk=mails(batch)[6].pk).update(state=MessageState.FAILED)
    answer(batch, 0, AssertionState.ACCEPTED)
    answer(batch, 1, AssertionState.DECLINED)
    answer(batch, 2, AssertionState.PENDING, opened_at=timezone.now())

    for address in (url(batch), badge_url(badge)):
        page = signed_in(olga).get(address)
        assert shown(page) == {
            "Envoyés": 6, "Distribués": None, "Rejetés": 1, "Page ouverte": 3, "Acceptés": 1, "Refusés": 1,
            "Publics": None,
        }  # fmt: skip
        assert [stage.percent for stage in page.context["stages"]] == [86, 0, 14, 43, 14, 14, 0]
        assert "distribution non suivie" in page.content.decode()

    leave(mails(batch)[3], delivery=Delivery.DELIVERED)
    assert shown(signed_in(olga).get(url(batch)))["Distribués"] == 4


def test_an_empty_badge_has_percentages(signed_in, olga, badge):
    page = signed_in(olga).get(badge_url(badge))
    assert [stage.percent for stage in page.context["stages"]] == [0] * 7


def test_public_is_a_total_of_five_or_nothing(signed_in, olga, badge):
    batch = sent_list(badge, olga, 9)
    leave(*mails(batch))
    for n in range(4):
        answer(batch, n, AssertionState.ACCEPTED, visibility="public")
    answer(batch, 4, AssertionState.ACCEPTED, visibility="members")
    answer(batch, 5, AssertionState.ACCEPTED, visibility="private")
    browser = signed_in(olga)
    for address in (url(batch), badge_url(badge)):
        page = browser.get(address)
        assert shown(page)["Publics"] is None
        assert "moins de 5\xa0: non affiché" in page.content.decode()

    answer(batch, 6, AssertionState.ACCEPTED, visibility="public")
    for address in (url(batch), badge_url(badge)):
        assert shown(browser.get(address))["Publics"] == 5


@pytest.mark.parametrize("act", ["change", "export"])
def test_nothing_tells_one_persons_visibility_or_account(signed_in, olga, badge, act):
    """The same list, shown by its people in three ways, is the same page and the same file."""
    batch, pages = sent_list(badge, olga, 6), []
    leave(*mails(batch))
    for n in range(6):
        answer(batch, n, AssertionState.ACCEPTED)
    browser = signed_in(olga)
    secret = UserFactory(email="secret@ailleurs.fr", name="Zorglub Secret")
    Assertion.objects.filter(pk=batch.lines.first().assertion_id).update(holder=secret)
    for visibility in ("private", "members", "public"):
        Assertion.objects.filter(pk=batch.lines.first().assertion_id).update(visibility=visibility)
        said = browser.get(url(batch, act))
        text = b"".join(said).decode() if said.streaming else said.content.decode()
        pages.append(re.sub(r'csrfmiddlewaretoken" value="\w+', "", text))
        assert "secret@ailleurs.fr" not in text
        assert "Zorglub" not in text

    assert pages[0] == pages[1] == pages[2]
    assert browser.get(url(batch), {"state": "public"}).context["state"] == ""


STATES = {
    "": 8, "pending": 5, "queued": 1, "sent": 5, "delivered": 4, "rejected": 1, "opened": 3, "accepted": 1,
    "declined": 1, "forwarded": 1, "reminded": 1, "unsubscribed": 1, "revoked": 0, "invalid": 1, "duplicate": 0,
}  # fmt: skip


@pytest.fixture
def mixed(badge, olga) -> Batch:
    batch = sent_list(badge, olga, 7, "rien,R")
    leave(*mails(batch)[:5])
    leave(mails(batch)[3], delivery=Delivery.DELIVERED)
    Message.objects.filter(pk=mails(batch)[5].pk).update(state=MessageState.FAILED)
    answer(batch, 0, AssertionState.ACCEPTED)
    answer(batch, 1, AssertionState.DECLINED)
    answer(batch, 2, AssertionState.PENDING, opened_at=timezone.now())
    award = answer(batch, 4, AssertionState.PENDING, reminders=1, reminded_at=timezone.now())
    AwardEvent.objects.create(assertion=award, kind=EventKind.FORWARDED)
    OptOut.objects.create(issuer=badge.issuer, folded_address="p3@exemple.fr")
    return batch


def test_people_are_found_by_state(signed_in, olga, mixed):
    browser = signed_in(olga)
    found = {state: len(browser.get(url(mixed), {"state": state}).context["people"]) for state in STATES}
    assert found == STATES
    of_badge = {k: n for k, n in STATES.items() if k not in {"invalid", "duplicate"}} | {"": 7}
    page = badge_url(mixed.badge_class)
    assert {s: len(browser.get(page, {"state": s}).context["people"]) for s in of_badge} == of_badge


def test_every_person_has_a_state_in_words(signed_in, olga, mixed):
    people = signed_in(olga).get(url(mixed)).context["people"]
    assert [(person.verdict.text, person.verdict.kind) for person in people[:7]] == [
        ("Accepté", "ok"),
        ("Refusé", "no"),
        ("Page ouverte", "late"),
        ("Distribué", "late"),
        ("Transmis", "late"),
        ("Rejeté par le serveur", "no"),
        ("En file", "late"),
    ]
    assert people[7].verdict.kind == "no"


@pytest.mark.parametrize("text, count", [("PERSONNE 2", 1), ("p2@", 1), ("rien", 1), ("nulle part", 0)])
def test_people_are_found_by_name_and_address(signed_in, olga, mixed, text, count):
    assert len(signed_in(olga).get(url(mixed), {"q": text}).context["people"]) == count


def test_the_report_is_the_filtered_list(signed_in, olga, mixed):
    mixed.lines.filter(number=2).update(name="=HYPERLINK(1)")
    Assertion.objects.filter(lines__batch=mixed, lines__number=2).update(recipient_name="=HYPERLINK(1)")
    said = signed_in(olga).get(url(mixed, "export"), {"state": "accepted"})
    lines = b"".join(said).decode().removeprefix("\ufeff").splitlines()

    assert lines[0].split(";")[:5] == ["Ligne", "Nom", "Adresse", "État", "E-mail"]
    assert [line.split(";")[:5] for line in lines[1:]] == [
        ["2", "'=HYPERLINK(1)", "p0@exemple.fr", "Accepté", "Envoyé"]
    ]
    of_badge = b"".join(signed_in(olga).get(badge_url(mixed.badge_class, "export"))).decode()
    assert len(of_badge.splitlines()) == 8


@pytest.mark.parametrize("act, state", [("pause", "paused"), ("stop", "cancelled")])
def test_a_list_is_paused_and_stopped_by_post_alone(signed_in, olga, badge, act, state, read_only):
    batch, browser = sent_list(badge, olga), signed_in(olga)
    with read_only():
        browser.get(url(batch, act))
    answered = browser.post(url(batch, act), follow=True)

    batch.refresh_from_db()
    assert batch.state == state
    assert answered.redirect_chain[-1][0] == url(batch)
    if act == "pause":
        assert "rien ne part avant" in answered.content.decode()
        browser.post(url(batch, "resume"))
        batch.refresh_from_db()
        assert batch.state == BatchState.SENDING


def test_stopping_says_what_will_happen_to_how_many(signed_in, olga, badge):
    batch = sent_list(badge, olga, 3)
    leave(mails(batch)[0])
    page = signed_in(olga).get(url(batch, "stop")).content.decode()
    assert "1 e-mail est parti" in page
    assert "2 e-mails en attente ne partiront pas" in page


def test_what_is_over_cannot_be_paused(signed_in, olga, badge):
    batch = sent_list(badge, olga)
    send.cancel(batch=batch)
    page = signed_in(olga).post(url(batch, "pause"), follow=True).content.decode()
    assert "n’est plus en cours d’envoi" in page


def test_a_reminder_is_two_clicks_and_says_who_is_left_in_peace(signed_in, olga, mixed, monkeypatch):
    monkeypatch.setitem(renderers, "reminder", lambda message: None)
    Assertion.objects.filter(reminders=1).update(reminded_at=timezone.now() - timedelta(days=1))
    browser = signed_in(olga)
    assert "Relancer les 5 personnes sans réponse" in browser.get(url(mixed)).content.decode()
    page = browser.get(url(mixed, "remind")).content.decode()
    assert "1 personne recevra un rappel." in page
    assert "(moins de 7 jours par défaut)\xa0: 1" in page
    assert "ne veulent plus d’e-mails\xa0: 1" in page
    assert "adresse rejetée, ou envoi arrêté\xa0: 1" in page
    answered = browser.post(url(mixed, "remind"), follow=True)

    assert "1 rappel est en file." in answered.content.decode()
    assert list(Message.objects.filter(kind="reminder").values_list("address", flat=True)) == [
        "p2@exemple.fr"
    ]


def test_a_filtered_many_is_revoked_with_a_reason(signed_in, olga, mixed):
    browser, data = signed_in(olga), {"state": "rejected", "q": ""}
    page = browser.get(url(mixed, "revoke"), data)
    assert page.context["count"] == 1
    assert browser.post(url(mixed, "revoke"), data | {"count": 1, "reason": "<b>"}).status_code == 422
    assert browser.post(url(mixed, "revoke"), data | {"count": 2, "reason": "mistake"}).status_code == 422
    assert not Assertion.objects.exclude(revoked_at=None).exists()

    browser.post(url(mixed, "revoke"), data | {"count": 1, "reason": "mistake"})
    revoked = Assertion.objects.exclude(revoked_at=None)
    assert list(revoked.values_list("folded_address", flat=True)) == ["p5@exemple.fr"]
    assert AwardEvent.objects.get(kind=EventKind.REVOKED).by == olga


def test_a_list_takes_back_no_badge_of_another_list(signed_in, olga, badge):
    """Who had the badge already is on the list, and keeps it."""
    sent_list(badge, olga, 1)
    second = sent_list(badge, olga, 2)
    assert list(second.lines.values_list("outcome", flat=True)) == ["already", "created"]

    assert signed_in(olga).get(url(second, "revoke")).context["count"] == 1


ACTS = ["pause", "resume", "stop", "export", "remind", "revoke"]


@pytest.mark.parametrize("act", ACTS)
def test_another_issuers_list_and_badge_do_not_exist(signed_in, olga, amcsti, act):
    foreign = BadgeClassFactory()
    batch = sent_list(foreign, None)
    browser = signed_in(olga)
    addresses = [url(batch, act)]
    if act in {"export", "remind", "revoke"}:
        addresses.append(badge_url(foreign, act))
    for address in addresses:
        data = {"count": 3, "reason": "mistake", "state": "", "q": ""}
        assert [browser.get(address).status_code, browser.post(address, data).status_code] == [404, 404]
    batch.refresh_from_db()
    assert batch.state == BatchState.SENDING
    assert not Assertion.objects.exclude(revoked_at=None).exists()


@pytest.mark.parametrize("act", ACTS)
def test_a_draft_is_not_followed(signed_in, olga, badge, act):
    batch = draft.draft(badge_class=badge, raw=b"e-mail\na@exemple.fr", source="x", by=olga)
    assert signed_in(olga).get(url(batch, act)).status_code == 404


def test_a_badge_awarded_without_a_list_is_followed_too(signed_in, olga, badge):
    AssertionFactory(badge_class=badge, public=True)
    AssertionFactory(badge_class=badge)
    page = signed_in(olga).get(badge_url(badge))
    assert (shown(page)["Envoyés"], shown(page)["Acceptés"]) == (2, 1)


@pytest.mark.parametrize("people", [1, 60])
def test_following_costs_the_same_for_one_and_for_many(
    signed_in, olga, badge, people, django_assert_num_queries
):
    batch, browser = sent_list(badge, olga, people), signed_in(olga)
    with django_assert_num_queries(13):
        browser.get(url(batch))
    with django_assert_num_queries(11):
        browser.get(badge_url(badge))
    with django_assert_num_queries(7):
        b"".join(browser.get(url(batch, "export")))
    with django_assert_num_queries(9):
        browser.get(url(batch, "remind"))
