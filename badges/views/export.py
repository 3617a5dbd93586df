"""« Tout télécharger »: all badges of the person who is signed in, in one file."""

import tempfile
from typing import cast

from allauth.core import ratelimit
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from badges.exporting import names
from badges.exporting.export import export as write
from badges.models import Assertion

LIMIT = "export_badges"
HEADERS = {"Cache-Control": "private, no-store", "Cross-Origin-Resource-Policy": "same-origin"}


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """What the file holds; its button makes it, aside from memory, so that nobody gets half of one."""
    user = cast(User, request.user)
    if request.method != "POST":
        count = Assertion.objects.held_by(user).count()
        return render(request, "badges/export.html", {"count": count})
    if not ratelimit.consume(request, action=LIMIT):
        return render(request, "429.html", status=429)
    now = timezone.now()
    file = tempfile.TemporaryFile()
    write(file, user=user, at=now)
    file.seek(0)
    name = names.archive(user.profile, timezone.localdate(now))
    return FileResponse(
        file, as_attachment=True, filename=name, content_type="application/zip", headers=HEADERS
    )
