"""The content of a page changes here only. Each change is a version, and can be undone."""

import copy

from django.db import transaction
from django.utils import timezone

from accounts.models import File
from pages.blocks import files_of
from pages.models import Page, PageVersion

KEPT_VERSIONS = 50


@transaction.atomic
def write(*, page: Page, content: dict) -> bool:
    """Saves what a page says. False when that is what it says already: no version is made of it."""
    locked = _locked(page)
    if locked.content == content:
        return False
    _save(locked, content, base=None)
    _follow(page, locked)
    return True


@transaction.atomic
def restore(*, page: Page, version: PageVersion) -> None:
    """Makes an earlier version the newest one. What it replaces stays in the list."""
    locked = _locked(page)
    _save(locked, version.content, base=version.base)
    _follow(page, locked)


@transaction.atomic
def undo(*, page: Page) -> bool:
    """Goes one version back from what the page shows now; False at the first one. Twice goes two back."""
    previous = before(page)
    if previous is None:
        return False
    restore(page=page, version=previous)
    return True


def before(page: Page) -> PageVersion | None:
    """The version that « Annuler » brings back."""
    newest = page.versions.order_by("-number").first()
    return page.versions.filter(number__lt=newest.base).order_by("-number").first() if newest else None


def begin(page: Page) -> None:
    """The first version of a page that was just made."""
    PageVersion.objects.create(page=page, number=1, base=1, content=page.content)
    _place_files(page)


def _locked(page: Page) -> Page:
    return Page.objects.select_for_update().get(pk=page.pk)


def _save(page: Page, content: dict, *, base: int | None) -> None:
    for name, value in content.items():
        setattr(page, name, value)
    page.updated_at = timezone.now()
    page.save()
    _place_files(page)
    newest = page.versions.order_by("-number").values_list("number", flat=True).first() or 0
    number = newest + 1
    page.versions.create(number=number, base=base or number, content=copy.deepcopy(content))
    page.versions.filter(number__lte=number - KEPT_VERSIONS).delete()


def _place_files(page: Page) -> None:
    """The files that the blocks name, the owner's own alone: these are what readers of the page may open."""
    named = {uid for block in page.blocks for uid in files_of(block)}
    page.files.set(File.objects.of(page.owner).filter(uid__in=named) if named else [])


def _follow(page: Page, saved: Page) -> None:
    """The caller's own copy of the row says the same as the saved one."""
    for name in ("title", "description", "theme", "blocks", "updated_at", "folded_title"):
        setattr(page, name, getattr(saved, name))
