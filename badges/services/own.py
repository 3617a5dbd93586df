"""What a holder does with a badge for themself: words, and putting away. Who sees the badge does not change."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from badges.models import Assertion
from badges.services.tags import retag


@transaction.atomic
def describe(*, assertion: Assertion, tags: Sequence[str], note: str) -> None:
    """Writes the holder's own tags and note."""
    retag(assertion=assertion, names=tags)
    Assertion.objects.filter(pk=assertion.pk).update(note=note)


def archive(*, assertion: Assertion) -> None:
    """Takes a badge out of the holder's own list. It is seen by others as before."""
    Assertion.objects.filter(pk=assertion.pk, archived_at=None).update(archived_at=timezone.now())


def restore(*, assertion: Assertion) -> None:
    Assertion.objects.filter(pk=assertion.pk).update(archived_at=None)
