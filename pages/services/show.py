"""Who may open a page."""

from django.db import transaction
from django.db.models import F

from pages.enums import Visibility
from pages.models import Page


@transaction.atomic
def show(*, page: Page, visibility: Visibility) -> bool:
    """False when nothing changes."""
    locked = Page.objects.select_for_update().get(pk=page.pk)
    changed = locked.visibility != visibility
    locked.visibility = page.visibility = visibility
    locked.save(update_fields=["visibility"])
    return changed


def open_link(*, page: Page) -> None:
    """A secret link that is new: one that was withdrawn never opens the page again."""
    fresh = Page.objects.filter(pk=page.pk, link_open=False)
    fresh.update(link_open=True, link_generation=F("link_generation") + 1)
    page.refresh_from_db(fields=["link_open", "link_generation"])


def close_link(*, page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(link_open=False)
    page.link_open = False
