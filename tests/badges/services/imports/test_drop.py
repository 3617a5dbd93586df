"""Drafts leave."""

from datetime import timedelta

import pytest
from django.utils import timezone

from badges.models import ImportDraft
from badges.services.imports.drop import drop, purge
from badges.services.imports.read import Given, read
from notifications import registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts(web, alice) -> list[ImportDraft]:
    given = [Given("badge", web.text(web.award(number=number))) for number in (1, 2)]
    return read(given=given, user=alice).drafts


def test_a_discarded_badge_is_forgotten_and_no_other(drafts):
    drop(draft=drafts[0])

    assert list(ImportDraft.objects.all()) == [drafts[1]]


def test_a_draft_is_forgotten_after_a_day(drafts):
    now = timezone.now()
    ImportDraft.objects.filter(pk=drafts[0].pk).update(created_at=now - timedelta(hours=24, minutes=1))
    ImportDraft.objects.filter(pk=drafts[1].pk).update(created_at=now - timedelta(hours=23))

    assert purge() == 1
    assert list(ImportDraft.objects.all()) == [drafts[1]]
    assert purge in registry.tidies
