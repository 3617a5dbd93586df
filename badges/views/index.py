from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from badges.forms import MyBadgesFilters
from badges.models import Assertion
from passport.lib import keyset

ORDER = ("-accepted_at", "-id")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """« Mes badges »: what waits first, then what is held."""
    filters = MyBadgesFilters(request.GET)
    mine = Assertion.objects.held_by(request.user)
    shown = mine.shown_as(filters.visibility) if filters.visibility else mine
    page = keyset.page(
        shown.select_related("badge_class__issuer", "version"),
        order=ORDER,
        size=settings.BADGES_PER_PAGE,
        cursor=filters.cursor,
    )
    answerable = Assertion.objects.select_related("badge_class__issuer").order_by("-issued_at", "-id")
    context = {
        "page": page,
        "previous_url": _address(filters.visibility, page.previous),
        "next_url": _address(filters.visibility, page.following),
        "counts": mine.visibility_counts(),
        "current": filters.visibility,
        # Answering brings the next ones: one page never grows with what waits.
        "waiting": answerable.pending_for(request.user)[: settings.BADGES_PER_PAGE],
        "declined": answerable.declined_by(request.user)[: settings.BADGES_PER_PAGE],
    }
    return render(request, "badges/index.html", context)


def _address(visibility: str, cursor: str) -> str:
    """The query of a neighbouring page; empty when there is none."""
    if not cursor:
        return ""
    return f"?{urlencode({'visibilite': visibility, 'suite': cursor} if visibility else {'suite': cursor})}"
