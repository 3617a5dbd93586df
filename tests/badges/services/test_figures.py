"""The figures that the gallery sorts and counts by: always what counting afresh would give."""

import contextlib
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from badges.enums import RevocationReason, Visibility
from badges.exceptions import NotPossible
from badges.models import Assertion, BadgeClass
from badges.services import figures
from badges.services.accept import accept
from badges.services.decline import decline, undo
from badges.services.revoke import revoke
from badges.services.show import show
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db

PEOPLE = 3
STEPS = st.lists(
    st.tuples(
        st.integers(0, PEOPLE - 1),
        st.sampled_from(
            ["accept", "decline", "undo", "revoke", "private", "members", "public", "opt-out", "opt-in"]
        ),
    ),
    min_size=5,
    max_size=12,
)


def act(assertion: Assertion, holder, step: str) -> None:
    if step == "accept":
        accept(assertion=assertion, holder=holder)
    elif step == "decline":
        decline(assertion=assertion)
    elif step == "undo":
        undo(assertion=assertion)
    elif step == "revoke":
        revoke(assertion=assertion, reason=RevocationReason.MISTAKE)
    elif step in Visibility.values:
        show(assertion=assertion, visibility=Visibility(step))
    else:
        assertion.refresh_from_db()
        visibility = Visibility(assertion.visibility)
        show(assertion=assertion, visibility=visibility, name_listed=step == "opt-in")


def kept(badge_class: BadgeClass) -> dict:
    badge_class.refresh_from_db()
    return {name: getattr(badge_class, name) for name in figures.true_figures(badge_class)}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_to_awards_the_kept_figures_are_the_true_ones(db, steps):
    badge_class = BadgeClassFactory()
    holders = [UserFactory(name="" if n == 2 else f"Personne {n}") for n in range(PEOPLE)]
    # The third has a name neither on the list nor in their profile: they are never listed.
    awards = [
        AssertionFactory(badge_class=badge_class, recipient_name="" if n == 2 else f"Personne {n}")
        for n in range(PEOPLE)
    ]
    # The first has accepted already: most of what can go wrong comes after.
    for number, step in [(0, "accept"), (0, "public"), *steps]:
        with contextlib.suppress(NotPossible):
            act(awards[number], holders[number], step)
        assert kept(badge_class) == figures.true_figures(badge_class), step


def test_private_awards_move_neither_counts_nor_order(alice):
    badge_class = BadgeClassFactory()
    before = kept(badge_class)
    award = AssertionFactory(badge_class=badge_class, recipient_name="Alice Martin")
    accept(assertion=award, holder=alice)
    assert kept(badge_class) == before
    show(assertion=award, visibility=Visibility.PUBLIC, name_listed=False)
    assert kept(badge_class) == before
    revoke(assertion=award, reason=RevocationReason.MISTAKE)
    assert kept(badge_class) == before


def test_members_only_awards_do_not_move_what_the_public_sees(alice):
    badge_class = BadgeClassFactory()
    before = kept(badge_class)
    award = AssertionFactory(badge_class=badge_class, recipient_name="Alice Martin")
    award = accept(assertion=award, holder=alice)
    show(assertion=award, visibility=Visibility.MEMBERS)
    after = kept(badge_class)
    assert (after["public_recipients"], after["public_activity_at"]) == (0, before["public_activity_at"])
    assert (after["member_recipients"], after["member_activity_at"]) == (1, award.accepted_at)


def test_the_order_goes_back_when_the_last_award_is_hidden(alice):
    badge_class = BadgeClassFactory()
    before = kept(badge_class)
    award = AssertionFactory(badge_class=badge_class, recipient_name="Alice Martin")
    award = accept(assertion=award, holder=alice)
    show(assertion=award, visibility=Visibility.PUBLIC)
    assert kept(badge_class)["public_activity_at"] == award.accepted_at
    show(assertion=award, visibility=Visibility.PRIVATE)
    assert kept(badge_class) == before


def test_an_old_award_shown_late_does_not_take_the_badge_to_the_top():
    badge_class = BadgeClassFactory(published_at=timezone.now() - timedelta(days=400))
    recent = AssertionFactory(badge_class=badge_class, public=True)
    old = AssertionFactory(
        badge_class=badge_class, accepted=True, accepted_at=timezone.now() - timedelta(days=300)
    )
    show(assertion=old, visibility=Visibility.PUBLIC)
    assert kept(badge_class)["public_activity_at"] == recent.accepted_at
    assert kept(badge_class)["public_recipients"] == 2


def test_a_badge_follows_its_issuer_to_another_country():
    badge_class = BadgeClassFactory(issuer__country="FR")
    elsewhere = BadgeClassFactory(issuer=badge_class.issuer, country="SN")

    badge_class.issuer.country = "BE"
    badge_class.issuer.save()

    badge_class.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (badge_class.gallery_country, elsewhere.gallery_country) == ("BE", "SN")
