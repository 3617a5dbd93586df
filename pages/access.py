"""One door per page. What may not be seen answers 404, as if it did not exist."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.models import File
from pages import links
from pages.models import Page, PageVersion
from pages.querysets import PageQuerySet


def own_page(user, uid: UUID) -> Page:
    return _one(Page.objects.of(user), uid)


def page_for_viewer(viewer, uid: UUID) -> Page:
    return _one(Page.objects.visible_to(viewer), uid)


def page_for_everybody(uid: UUID) -> Page:
    """A page as an anonymous visitor may open it, whoever asks: embeds."""
    return _one(Page.objects.visible_to(AnonymousUser()), uid)


def page_by_key(uid: UUID, key: str) -> Page:
    """The page of a secret link that still holds."""
    page = _one(Page.objects.linked(), uid)
    if not links.opens(page, key):
        raise Http404
    return page


def file_of(page: Page, uid: UUID) -> File:
    """A file that stands on a page whose door is open."""
    file = page.files.filter(uid=uid).first()
    if file is None:
        raise Http404
    return file


def own_version(page: Page, number: int) -> PageVersion:
    version = page.versions.filter(number=number).first()
    if version is None:
        raise Http404
    return version


def _one(pages: PageQuerySet, uid: UUID) -> Page:
    page = pages.select_related("owner__profile__picture").filter(uid=uid).first()
    if page is None:
        raise Http404
    return page
