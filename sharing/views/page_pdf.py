"""« Télécharger en PDF » of a page: the same doors, the same look as the page itself."""

from uuid import UUID

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from badges.enums import Visibility
from pages import access, blocks
from pages.models import Page
from sharing.page_offer import page_title
from sharing.page_pdf import draw
from sharing.views.page import for_reader, unheard

LIMIT = "page_pdf"


@login_not_required
@require_safe
def page_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    page = access.page_for_viewer(request.user, uid)
    look = blocks.look(page, blocks.level_for(page, request.user))
    return _drawn(request, page, for_reader(look, page, request.user))


@login_not_required
@require_safe
def secret_page_pdf(request: HttpRequest, uid: UUID, key: str) -> HttpResponseBase:
    def answer() -> HttpResponse:
        page = access.page_by_key(uid, key)
        return _drawn(request, page, blocks.look(page, Visibility.PUBLIC))

    return unheard(request, answer)


def _drawn(request: HttpRequest, page: Page, look: blocks.Look) -> HttpResponse:
    # Its public form lets every GET pass.
    if not ratelimit.consume(request, app="allauth.account", action=LIMIT, limit_get=True):
        return render(request, "429.html", status=429)
    name = f"{page_title(page).replace('/', '-')}.pdf"
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(draw(page, look), content_type="application/pdf", headers=headers)
