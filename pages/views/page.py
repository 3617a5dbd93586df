from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import MemberRequest
from pages import access, blocks
from pages.exceptions import NotPossible
from pages.forms import LevelForm
from pages.services.make import delete as delete_page
from pages.services.make import duplicate as copy_page
from passport.lib.http import see_other


@require_safe
def page(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The owner's preview: everything, or what others would see, and which badges they would miss."""
    mine = access.own_page(request.user, uid)
    level = LevelForm(request.GET).level
    context = {
        "page": mine,
        "look": blocks.look(mine, level),
        "seen_as": level,
        "missing": blocks.missing(mine),
    }
    return render(request, "pages/page.html", context)


@require_POST
def duplicate(request: MemberRequest, uid: UUID) -> HttpResponse:
    mine = access.own_page(request.user, uid)
    try:
        copy = copy_page(page=mine)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return see_other("pages:index")
    messages.success(request, _("This is the copy. It is private."))
    return see_other("pages:edit", copy.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Asks first: a page that is deleted does not come back."""
    mine = access.own_page(request.user, uid)
    if request.method != "POST":
        return render(request, "pages/delete.html", {"page": mine})
    delete_page(page=mine)
    messages.success(request, _("The page is deleted."))
    return see_other("pages:index")
