from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import MemberRequest
from pages import access
from pages.services import write
from passport.lib.http import see_other


@require_safe
def versions(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What the page said before, the newest first."""
    page = access.own_page(request.user, uid)
    rows = page.versions.order_by("-number")
    return render(request, "pages/versions.html", {"page": page, "versions": rows})


@require_POST
def restore(request: MemberRequest, uid: UUID, number: int) -> HttpResponse:
    page = access.own_page(request.user, uid)
    write.restore(page=page, version=access.own_version(page, number))
    messages.success(request, _("The page is as it was. What it said since is in its versions."))
    return see_other("pages:edit", page.uid)


@require_POST
def undo(request: MemberRequest, uid: UUID) -> HttpResponse:
    page = access.own_page(request.user, uid)
    if write.undo(page=page):
        messages.success(request, _("The last change is undone. It stays in the versions."))
    else:
        messages.info(request, _("There is nothing to undo."))
    return see_other("pages:edit", page.uid)
