"""Drafts leave: discarded by their person, or after a day."""

from datetime import timedelta

from django.utils import timezone

from badges.models import ImportDraft

HOURS = 24


def drop(*, draft: ImportDraft) -> None:
    """Forgets a badge that was looked at and not kept."""
    draft.delete()


def purge() -> int:
    """Forgets drafts that nobody answered; returns how many."""
    old = timezone.now() - timedelta(hours=HOURS)
    return ImportDraft.objects.filter(created_at__lt=old).delete()[0]
