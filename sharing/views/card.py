from uuid import UUID

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from badges import access
from sharing.offer import embed_title


@login_not_required
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # its stubs know no argument of a path
def card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The badge inside another site: the one page that may be framed, the same for everybody, without cookie."""
    assertion = access.badge_for_everybody(uid)
    return render(request, "sharing/card.html", {"assertion": assertion, "title": embed_title(assertion)})
