from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import MemberRequest
from badges.enums import Visibility
from pages import access, blocks
from pages.models import Page
from pages.services import show
from passport.lib.http import posted, see_other
from sharing.forms import SharePageForm
from sharing.page_offer import offer, secret_address


@require_http_methods(["GET", "HEAD", "POST"])
def share_page(request: MemberRequest, uid: UUID) -> HttpResponse:
    """« Partager » of one's page: who sees it, its secret link, then where to show it. Only what is public leaves."""
    page = access.own_page(request.user, uid)
    form = SharePageForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _save(request, page, form.cleaned_data)
    request.tab = "pages"  # type: ignore[attr-defined]
    context = {
        "page": page,
        "form": form,
        "missing": blocks.missing(page),
        "secret_url": secret_address(page),
        "offer": offer(page) if page.visibility == Visibility.PUBLIC else None,
    }
    return render(request, "sharing/share_page.html", context, status=422 if form.errors else 200)


def _save(request: MemberRequest, page: Page, chosen: dict) -> HttpResponse:
    if chosen["visibility"] and show.show(page=page, visibility=chosen["visibility"]):
        messages.success(request, _sentence(page))
    if chosen["link"] == "open":
        show.open_link(page=page)
        messages.success(request, _("The secret link is open."))
    elif chosen["link"] == "close":
        show.close_link(page=page)
        messages.success(request, _("The secret link no longer opens the page."))
    return see_other("sharing:share_page", page.uid)


def _sentence(page: Page) -> str:
    return {
        Visibility.PRIVATE: _("The page is private: you alone see it."),
        Visibility.MEMBERS: _("Registered users see the page."),
        Visibility.PUBLIC: _("The page is public."),
    }[Visibility(page.visibility)]
