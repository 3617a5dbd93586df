from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import MemberRequest
from pages.exceptions import NotPossible
from pages.models import Page
from pages.services.make import create as create_page
from passport.lib.http import see_other


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """« PAGE »: one's own pages; to others, what a page is."""
    pages = (
        Page.objects.of(request.user).order_by("-updated_at", "-pk") if request.user.is_authenticated else []
    )
    return render(request, "pages/index.html", {"pages": pages})


@require_POST
def create(request: MemberRequest) -> HttpResponse:
    try:
        page = create_page(owner=request.user, title=_("Untitled page"))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return see_other("pages:index")
    return see_other("pages:edit", page.uid)
