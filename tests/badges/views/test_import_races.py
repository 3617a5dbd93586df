"""Two browsers, two people or two workers at once: one badge, one issuer, and an answer for everybody."""

import pytest
from django.utils import timezone

from badges.exceptions import NotPossible
from badges.models import Assertion, BadgeClass, ImportDraft, ImportedBadge, Issuer
from badges.services.imports import recheck as rechecking
from badges.services.imports.keep import keep
from badges.services.imports.read import Given, read
from tests.badges.services.imports.elsewhere import SITE, Elsewhere
from tests.badges.views.test_races import at_once, browser_of, post
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 5


@pytest.fixture(autouse=True)
def _several_connections(on_postgresql):
    if not on_postgresql:
        pytest.skip(
            "SQLite in memory has one connection; its IMMEDIATE transactions come one after the other"
        )


@pytest.fixture
def web(monkeypatch) -> Elsewhere:
    internet = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", internet.get)
    return internet


def draft_of(raw: bytes, user) -> ImportDraft:
    [draft] = read(given=[Given("badge", raw)], user=user).drafts
    return draft


def test_one_draft_kept_in_many_browsers_is_one_badge(web):
    alice = UserFactory(email="alice@exemple.fr")
    draft = draft_of(web.text(web.award()), alice)

    answers = at_once(
        *(post(browser_of(alice), "/badges/importer/garder/", {"draft": draft.pk}) for _time in range(PEOPLE))
    )

    assert answers == [303] * PEOPLE
    assert (Assertion.objects.count(), ImportedBadge.objects.count(), ImportDraft.objects.count()) == (
        1,
        1,
        0,
    )


def test_many_drafts_of_one_badge_kept_at_once_are_one_badge(web):
    alice = UserFactory(email="alice@exemple.fr")
    raw = web.text(web.award())
    drafts = [draft_of(raw + b" " * number, alice) for number in range(PEOPLE)]

    def keeping(draft):
        def act():
            try:
                return keep(draft=draft, holder=alice).pk
            except NotPossible as refusal:
                return str(refusal)

        return act

    answers = at_once(*(keeping(draft) for draft in drafts))

    kept = Assertion.objects.get()
    assert sorted(map(str, answers)) == sorted([str(kept.pk)] + ["Vous avez déjà ce badge."] * (PEOPLE - 1))
    assert ImportDraft.objects.count() == PEOPLE - 1


def test_the_first_badges_of_an_issuer_kept_at_once_make_one_issuer(web):
    people = UserFactory.create_batch(PEOPLE)
    drafts = [
        draft_of(web.text(web.award(to=person.email, number=number)), person)
        for number, person in enumerate(people)
    ]

    answers = at_once(
        *(
            lambda draft=draft, person=person: keep(draft=draft, holder=person).pk
            for draft, person in zip(drafts, people, strict=True)
        )
    )

    assert len(set(answers)) == PEOPLE
    assert None not in answers
    assert (Issuer.objects.count(), BadgeClass.objects.count()) == (1, 1)
    assert Assertion.objects.filter(badge_class=BadgeClass.objects.get()).count() == PEOPLE


def test_two_workers_verify_one_badge_once(web, monkeypatch):
    alice = UserFactory(email="alice@exemple.fr")
    keep(draft=draft_of(web.text(web.award()), alice), holder=alice)
    ImportedBadge.objects.update(due_at=timezone.now())
    verified = []
    monkeypatch.setattr(rechecking, "recheck", lambda imported: verified.append(imported.pk))

    answers = at_once(*[rechecking.advance_due] * PEOPLE)

    assert sorted(answers) == [0] * (PEOPLE - 1) + [1]
    assert len(verified) == 1


def test_shown_while_its_issuer_withdraws_it(web):
    """Whoever comes first, it ends withdrawn and counted nowhere."""
    alice = UserFactory(email="alice@exemple.fr")
    assertion = keep(draft=draft_of(web.text(web.award()), alice), holder=alice)
    web.pages[f"{SITE}/assertions/1"] = 410

    at_once(
        post(browser_of(alice), f"/badges/{assertion.uid}/visibilite/", {"visibility": "public"}),
        post(browser_of(alice), f"/badges/{assertion.uid}/verifier/"),
    )

    assert Assertion.objects.get().is_revoked
    assert BadgeClass.objects.values_list("public_recipients", "member_recipients").get() == (0, 0)
