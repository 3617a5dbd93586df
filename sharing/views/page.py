from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from accounts import serving
from badges.enums import Visibility
from connections.querysets import profiles_open_to
from pages import access, blocks
from pages.models import Page
from sharing.page_offer import page_address, page_title

CARD_BADGES = 4


@login_not_required
@require_safe
def page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A portfolio page, for whoever may open it, with the badges that they may see."""
    shown = access.page_for_viewer(request.user, uid)
    level = blocks.level_for(shown, request.user)
    context = {
        "page": shown,
        "look": for_reader(blocks.look(shown, level), shown, request.user),
        "is_owner": shown.owner_id == request.user.pk,
        "page_url": page_address(shown) if shown.visibility == Visibility.PUBLIC else "",
    }
    return render(request, "sharing/page.html", context)


@login_not_required
@require_safe
def secret_page(request: HttpRequest, uid: UUID, key: str) -> HttpResponseBase:
    """The same by its secret link, as a visitor without account has it, whoever comes. Its address goes nowhere."""

    def answer() -> HttpResponse:
        shown = access.page_by_key(uid, key)
        context = {"page": shown, "look": blocks.look(shown, Visibility.PUBLIC), "by_link": True}
        return render(request, "sharing/page.html", context)

    return unheard(request, answer)


@login_not_required
@require_safe
def secret_file(request: HttpRequest, uid: UUID, key: str, file: UUID) -> HttpResponseBase:
    """A file of the page, under the page's own secret address: it opens with that link, and closes with it."""
    return unheard(
        request, lambda: serving.download(request, access.file_of(access.page_by_key(uid, key), file))
    )


@login_not_required
@require_safe
def secret_picture(request: HttpRequest, uid: UUID, key: str, file: UUID, side: int) -> HttpResponseBase:
    return unheard(
        request, lambda: serving.picture(request, access.file_of(access.page_by_key(uid, key), file), side)
    )


@login_not_required
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # its stubs know no argument of a path
def page_card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page inside another site, the same for everybody: title, name and a few badges."""
    shown = access.page_for_everybody(uid)
    look = blocks.look(shown, Visibility.PUBLIC)
    badges = [badge for block in look.blocks for badge in block.badges][:CARD_BADGES]
    context = {"page": shown, "look": look, "badges": badges, "title": page_title(shown)}
    return render(request, "sharing/page_card.html", context)


def for_reader(look: blocks.Look, shown: Page, viewer) -> blocks.Look:
    """Pages know no blocks: a profile that its owner has closed to this member is not shown to them here either."""
    if look.profile is None or not viewer.is_authenticated or viewer.pk == shown.owner_id:
        return look
    is_open = profiles_open_to(viewer).filter(pk=look.profile.pk).exists()
    return look if is_open else replace(look, profile=None)


def unheard(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """A key is in no Referer, no cache and no line of a log."""
    try:
        response = answer()
    except Http404:
        response = render(request, "404.html", status=404)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
