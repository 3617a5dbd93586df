"""Breaches of the constraints of connections, by the name of each; tests/badges/test_constraints.py runs them."""

from django.utils import timezone

from connections.models import BadgeFollow, Block, IssuerFollow, PersonFollow, Report
from tests.factories import BadgeClassFactory, IssuerFactory, UserFactory


def badge_follow_once():
    user, badge_class = UserFactory(), BadgeClassFactory()
    for _ in range(2):
        BadgeFollow.objects.create(user=user, badge_class=badge_class)


def issuer_follow_once():
    user, issuer = UserFactory(), IssuerFactory()
    for _ in range(2):
        IssuerFollow.objects.create(user=user, issuer=issuer)


def person_follow_once():
    follower, followed = UserFactory(), UserFactory()
    for _ in range(2):
        PersonFollow.objects.create(follower=follower, followed=followed)


def person_follow_of_oneself():
    one = UserFactory()
    PersonFollow.objects.create(follower=one, followed=one)


def person_follow_in_another_state():
    PersonFollow.objects.create(
        follower=UserFactory(), followed=UserFactory(), state="forgotten", answered_at=timezone.now()
    )


def person_follow_accepted_without_date():
    PersonFollow.objects.create(follower=UserFactory(), followed=UserFactory(), state="accepted")


def person_follow_unwanted_and_asked():
    PersonFollow.objects.create(follower=UserFactory(), followed=UserFactory(), is_wanted=False)


def block_once():
    person, blocked = UserFactory(), UserFactory()
    for _ in range(2):
        Block.objects.create(person=person, blocked=blocked)


def block_of_oneself():
    one = UserFactory()
    Block.objects.create(person=one, blocked=one)


def report_twice_while_open():
    reporter = UserFactory()
    for _ in range(2):
        Report.objects.create(reporter=reporter, what="badge", subject="b", label="B", reason="spam")


def report_for_another_reason():
    Report.objects.create(reporter=UserFactory(), what="badge", subject="b", label="B", reason="taste")


BREACHES = {
    "badge_follow_once": badge_follow_once,
    "issuer_follow_once": issuer_follow_once,
    "person_follow_once": person_follow_once,
    "person_follow_of_another": person_follow_of_oneself,
    "person_follow_state_known": person_follow_in_another_state,
    "person_follow_answer_has_date": person_follow_accepted_without_date,
    "person_follow_unwanted_is_refused": person_follow_unwanted_and_asked,
    "block_once": block_once,
    "block_of_another": block_of_oneself,
    "report_once_while_open": report_twice_while_open,
    "report_values_known": report_for_another_reason,
}
