import copy

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from pages.exceptions import NotPossible
from pages.models import MAX_TITLE, Page
from pages.services.write import begin

MAX_PAGES = 50


@transaction.atomic
def create(*, owner: User, title: str, content: dict | None = None) -> Page:
    """A new page, private. Raises NotPossible beyond MAX_PAGES."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if Page.objects.of(owner).count() >= MAX_PAGES:
        raise NotPossible(_("You have 50 pages already. Delete one first."))
    page = Page.objects.create(owner=owner, **{**(content or {}), "title": title[:MAX_TITLE]})
    begin(page)
    return page


def duplicate(*, page: Page) -> Page:
    """A copy of what the page says, private and without link, whatever the page is."""
    title = _("Copy of %(title)s") % {"title": page.title}
    return create(owner=page.owner, title=title, content=copy.deepcopy(page.content))


@transaction.atomic
def delete(*, page: Page) -> None:
    """Takes a page away for good, its versions and links with it."""
    page.delete()
