import pytest
from django.utils import timezone

from connections.models import Comment, Report
from connections.services import report as reporting
from tests.factories import BadgeClassFactory

pytestmark = pytest.mark.django_db


def told(reporter, subject="b", what="badge", **fields):
    return reporting.report(
        reporter=reporter, what=what, subject=subject, label="Un badge", reason="spam", text="", **fields
    )


def test_one_report_is_open_for_a_person_and_a_subject(alice, bob):
    first, again = told(alice), told(alice)

    assert first == again
    assert told(bob) != first
    assert told(alice, subject="autre") != first
    assert told(alice, what="page") != first


def test_what_is_settled_may_be_told_again(alice, olga):
    first = told(alice)

    assert reporting.settle(reports=Report.objects.all(), by=olga) == 1
    assert reporting.settle(reports=Report.objects.all(), by=alice) == 0

    first.refresh_from_db()
    assert first.settled_by == olga
    assert told(alice) != first


def test_hiding_reported_comments_settles_what_others_have_told_of_them(alice, bob, olga):
    badge = BadgeClassFactory()
    bad, other = (Comment.objects.create(badge_class=badge, author=olga, text=text) for text in "ab")
    mine, theirs = (told(person, subject=str(bad.uid), what="comment") for person in (alice, bob))
    about_badge = told(alice)

    chosen = Report.objects.filter(pk__in=[mine.pk, about_badge.pk])
    assert reporting.hide_comments(reports=chosen, by=olga) == 2

    assert list(Comment.objects.shown()) == [other]
    assert list(Report.objects.unsettled()) == [about_badge]
    assert theirs in Report.objects.settled()
    assert Report.objects.settled().filter(settled_at__lte=timezone.now()).count() == 2


def test_a_long_name_is_cut(alice):
    row = reporting.report(
        reporter=alice, what="badge", subject="b", label="é" * 500, reason="other", text="x"
    )

    assert len(row.label) == 200
