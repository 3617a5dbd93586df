"""« Tout télécharger »: all badges of the person who is signed in, in one file."""

import logging
from typing import cast

from allauth.core import ratelimit
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from badges.exceptions import NotPossible
from badges.exporting import names
from badges.exporting.export import made
from badges.models import Assertion

logger = logging.getLogger(__name__)

LIMIT = "export_badges"
HEADERS = {"Cache-Control": "private, no-store", "Cross-Origin-Resource-Policy": "same-origin"}


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """A page that says what the file holds; its button makes it."""
    user, now = cast(User, request.user), timezone.now()
    if request.method != "POST":
        return _page(request, user)
    if not ratelimit.consume(request, action=LIMIT):
        return render(request, "429.html", status=429)
    try:
        file = made(user=user, at=now)
    except (NotPossible, OSError) as trouble:
        # What is lost, or full, is for the keepers of this site to know.
        logger.error("export: %s", trouble)
        return _page(request, user, trouble=_("Your file cannot be made at this moment. Try again later."))
    name = names.archive(user.profile, timezone.localdate(now))
    return FileResponse(file, as_attachment=True, filename=name, headers=HEADERS)


def _page(request: HttpRequest, user: User, trouble: str = "") -> HttpResponse:
    context = {"count": Assertion.objects.held_by(user).count(), "trouble": trouble}
    return render(request, "badges/export.html", context, status=503 if trouble else 200)
