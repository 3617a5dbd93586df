"""That a person, and not a scanner of links, has the page of their award open."""

from django.utils import timezone

from badges.models import Assertion


def mark_opened(*, assertion: Assertion) -> None:
    """Notes the first time; one UPDATE without a lock, for every visit asks."""
    Assertion.objects.filter(pk=assertion.pk, opened_at=None).update(opened_at=timezone.now())
