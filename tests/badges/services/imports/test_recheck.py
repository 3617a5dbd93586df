"""Kept badges are verified again: what their issuer says later is shown, and lost issuers are waited for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from badges.enums import EventKind, Origin, RevocationReason, Visibility
from badges.exceptions import NotPossible
from badges.formats.report import Verdict
from badges.models import Assertion, BadgeClass, ImportedBadge, Issuer
from badges.services.figures import true_figures
from badges.services.imports import due, known
from badges.services.imports.keep import keep
from badges.services.imports.read import Given, read
from badges.services.imports.recheck import advance_due, recheck, recheck_now
from badges.services.show import show
from badges.verification import store
from notifications import registry
from notifications.models import Message
from tests.badges.services.imports.elsewhere import SITE

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def kept(web, alice) -> Assertion:
    raw = web.baked(web.award())
    [draft] = read(given=[Given("badge", raw)], user=alice).drafts
    return keep(draft=draft, holder=alice)


def again(assertion) -> ImportedBadge:
    return recheck(
        imported=ImportedBadge.objects.select_related("assertion__badge_class__issuer").get(
            assertion=assertion
        )
    )


def make_due(**fields) -> None:
    ImportedBadge.objects.update(due_at=timezone.now() - HOUR, **fields)


def test_what_is_still_good_is_asked_again_within_the_day(web, kept):
    before = kept.imported

    after = again(kept)

    assert (after.verdict, after.failures, after.unreachable_since) == ("authentic", 0, None)
    assert after.verified_at > before.verified_at
    assert after.due_at - after.verified_at == timedelta(hours=23)
    assert bytes(ImportedBadge.objects.get().original) == bytes(before.original)


def test_a_lost_issuer_is_out_of_reach_since_the_first_silence(web, kept, time_machine):
    web.pages.clear()
    start = timezone.now()
    pauses = []
    for _time in range(5):
        row = again(kept)
        pauses.append(row.due_at - row.verified_at)
        time_machine.move_to(row.due_at)

    assert pauses == [HOUR, 4 * HOUR, 12 * HOUR, 23 * HOUR, 23 * HOUR]
    assert (row.verdict, row.failures) == ("unreachable", 5)
    assert abs(row.unreachable_since - start) < timedelta(minutes=1)
    assert store.load(row.report).facts.name == "Soudure à l’arc"
    assert row.copies[f"{SITE}/issuer"]
    kept.refresh_from_db()
    assert kept.revoked_at is None
    assert kept.badge_class.issuer.origin == Origin.ELSEWHERE


def test_an_issuer_that_comes_back_is_forgiven(web, kept):
    pages = dict(web.pages)
    web.pages.clear()
    again(kept)
    web.pages.update(pages)

    row = again(kept)

    assert (row.verdict, row.failures, row.unreachable_since) == ("authentic", 0, None)


def test_what_its_issuer_withdraws_is_withdrawn_here(web, kept):
    show(assertion=kept, visibility=Visibility.PUBLIC)
    assert BadgeClass.objects.published().exists()
    web.pages[f"{SITE}/assertions/1"] = 410

    row = again(kept)

    kept.refresh_from_db()
    assert row.verdict == "revoked"
    assert (kept.is_revoked, kept.revocation_reason) == (True, RevocationReason.OTHER)
    assert not BadgeClass.objects.published().exists()
    assert BadgeClass.objects.values(*true_figures(kept.badge_class)).get() == true_figures(kept.badge_class)
    assert kept.events.values_list("kind", "by").get() == (EventKind.REVOKED, None)
    assert not Message.objects.exists()


def test_a_withdrawn_badge_does_not_come_back(web, kept):
    pages = dict(web.pages)
    web.pages[f"{SITE}/assertions/1"] = 410
    again(kept)
    withdrawn_at = Assertion.objects.get().revoked_at
    web.pages.update(pages)

    again(kept)

    assert Assertion.objects.get().revoked_at == withdrawn_at
    assert kept.events.count() == 1


@pytest.mark.parametrize(
    "change, verdict",
    [({"issuedOn": "2020-01-01T00:00:00Z"}, "modified"), ({"expires": "2024-06-01T00:00:00Z"}, "modified")],
)
def test_a_document_that_differs_is_told(web, kept, change, verdict):
    web.pages[f"{SITE}/assertions/1"] |= change

    assert again(kept).verdict == verdict


def test_a_badge_that_expires_is_shown_so(web, alice, time_machine):
    raw = web.text(web.award(assertion={"expires": (timezone.now() + HOUR).isoformat()}))
    [draft] = read(given=[Given("badge", raw)], user=alice).drafts
    assertion = keep(draft=draft, holder=alice)
    assert assertion.imported.verdict == "authentic"
    time_machine.move_to(timezone.now() + 2 * HOUR)

    assert again(assertion).verdict == "expired"


def test_what_is_over_and_out_of_reach_is_still_not_proved(web, alice):
    """« Expired » outweighs « out of reach »: neither its issuer's row nor its words come of that."""
    raw = web.text(web.award(assertion={"expires": "2024-06-01T00:00:00Z"}))
    issuer = web.pages.pop(f"{SITE}/issuer")
    [draft] = read(given=[Given("badge", raw)], user=alice).drafts
    assertion = keep(draft=draft, holder=alice)
    assert (draft.verdict, assertion.badge_class.issuer.origin) == ("expired", Origin.CLAIMED)

    row = again(assertion)

    assert (row.verdict, row.copies) == ("expired", draft.copies)
    assertion.refresh_from_db()
    assert assertion.badge_class.issuer.origin == Origin.CLAIMED

    web.pages[f"{SITE}/issuer"] = issuer
    again(assertion)

    assertion.refresh_from_db()
    assert assertion.badge_class.issuer.origin == Origin.ELSEWHERE

    del web.pages[f"{SITE}/issuer"]
    lost = again(assertion)

    assert (lost.verdict, store.load(lost.report).facts.issuer.name) == ("expired", "Atelier des bricoleurs")


def test_what_was_claimed_and_is_proved_later_comes_to_its_issuer(web, alice, bob):
    raw = web.text(web.award())
    pages = dict(web.pages)
    web.pages.clear()
    [draft] = read(given=[Given("badge", raw)], user=alice).drafts
    assertion = show(assertion=keep(draft=draft, holder=alice), visibility=Visibility.PUBLIC)
    assert assertion.badge_class.issuer.origin == Origin.CLAIMED
    web.pages.update(pages)

    again(assertion)

    assertion = Assertion.objects.select_related("badge_class__issuer", "version").get()
    issuer, badge_class = Issuer.objects.get(), BadgeClass.objects.published().get()
    assert (issuer.origin, issuer.name) == (Origin.ELSEWHERE, "Atelier des bricoleurs")
    assert (assertion.badge_class, assertion.visibility) == (badge_class, Visibility.PUBLIC)
    assert assertion.recognises.name == "Soudure à l’arc"
    assert badge_class.public_recipients == 1
    assert BadgeClass.objects.values(*true_figures(badge_class)).get() == true_figures(badge_class)


@pytest.fixture
def claimed(web, alice) -> Assertion:
    """Kept while its issuer did not answer; it answers now."""
    address = web.award()
    issuer = web.pages.pop(f"{SITE}/issuer")
    [draft] = read(given=[Given("badge", web.text(address))], user=alice).drafts
    web.pages[f"{SITE}/issuer"] = issuer
    return keep(draft=draft, holder=alice)


def others_first(monkeypatch, times: int) -> None:
    """That many times, somebody else has written the row of the badge a moment before."""
    real, left = known.free_slug, [None] * times

    def free_slug(text, model):
        if model is BadgeClass and left:
            left.pop()
            issuer = Issuer.objects.get(origin=Origin.ELSEWHERE)
            BadgeClass.objects.create(issuer=issuer, iri=f"{SITE}/badge", name="x", slug="x")
        return real(text, model)

    monkeypatch.setattr(known, "free_slug", free_slug)


def test_of_two_who_prove_one_issuer_at_once_the_second_tries_again(claimed, monkeypatch):
    others_first(monkeypatch, times=2)

    again(claimed)

    claimed.refresh_from_db()
    assert claimed.badge_class.issuer.origin == Origin.ELSEWHERE


def test_who_always_comes_second_is_asked_to_come_back(claimed, alice, monkeypatch, signed_in):
    others_first(monkeypatch, times=9)

    answer = signed_in(alice).post(f"/badges/{claimed.uid}/verifier/", follow=True)

    assert answer.status_code == 200
    assert "n’a pas pu être vérifié à nouveau" in answer.content.decode()
    assert ImportedBadge.objects.get().verdict == "unreachable"


def test_the_oldest_badges_are_proved_by_the_address_that_gave_them(web, alice):
    address = f"{SITE}/old.json"
    web.pages[address] = {
        "recipient": "alice@exemple.fr",
        "badge": {
            "version": "0.5.0",
            "name": "Ancien",
            "description": "De 2012.",
            "image": "/badge.png",
            "criteria": "/criteria",
            "issuer": {"origin": SITE, "name": "Atelier"},
        },
    }
    [draft] = read(given=[Given(address, address.encode(), is_text=True)], user=alice).drafts
    assert draft.verdict == "authentic"

    assert again(keep(draft=draft, holder=alice)).verdict == "authentic"


def test_the_worker_takes_what_is_due_one_at_a_time(web, kept):
    assert advance_due() == 0

    make_due()
    web.asked.clear()

    assert advance_due() == 1
    assert web.asked
    assert advance_due() == 0


def test_a_worker_that_is_killed_leaves_its_badge_to_the_next(web, kept, monkeypatch):
    make_due()

    def killed(*args, **kwargs):
        raise SystemExit

    monkeypatch.setattr("badges.services.imports.recheck.judge", killed)
    with pytest.raises(SystemExit):
        advance_due()

    row = ImportedBadge.objects.get()
    assert timezone.now() < row.due_at < timezone.now() + timedelta(minutes=11)


def test_the_work_of_the_background_is_registered():
    assert registry.spare_jobs["imports"] is advance_due


@pytest.mark.parametrize(
    "verdict, pause",
    [
        (Verdict.AUTHENTIC, timedelta(hours=23)),
        (Verdict.EXPIRED, timedelta(hours=23)),
        (Verdict.UNVERIFIABLE, timedelta(hours=23)),
        (Verdict.REVOKED, timedelta(days=30)),
        (Verdict.UNREACHABLE, timedelta(hours=1)),
    ],
)
def test_each_verdict_has_its_pause(verdict, pause):
    now = timezone.now()

    assert due.after(verdict, now, failures=0, since=None)["due_at"] == now + pause


def test_in_a_crowd_the_last_verdict_stays(web, kept, request):
    request.getfixturevalue("crowd")
    before = ImportedBadge.objects.values("verdict", "verified_at", "due_at").get()

    with pytest.raises(NotPossible, match="Réessayez dans une minute"):
        recheck_now(imported=ImportedBadge.objects.select_related("assertion__badge_class__issuer").get())

    assert ImportedBadge.objects.values("verdict", "verified_at", "due_at").get() == before
