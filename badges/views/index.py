from typing import cast

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from badges.filters import MyBadges
from badges.models import Assertion
from badges.views.bulk import may_undo
from passport.lib.listing import listing


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """« Mes badges »: what waits first, then what is held."""
    filters = MyBadges(request.GET, user=cast(User, request.user))
    found = filters.search().select_related("badge_class__issuer", "version")
    page = listing(found, filters, order=filters.order, size=settings.BADGES_PER_PAGE)
    answerable = Assertion.objects.select_related("badge_class__issuer").order_by("-issued_at", "-id")
    context = {
        "filters": filters,
        "page": page,
        "counts": filters.found().visibility_counts(),
        **filters.mine.aggregate(held=Count("pk"), archived=Count("archived_at")),
        "may_undo": may_undo(request),
        # Answering brings the next ones: one page never grows with what waits.
        "waiting": answerable.pending_for(request.user)[: settings.BADGES_PER_PAGE],
        "declined": answerable.declined_by(request.user)[: settings.BADGES_PER_PAGE],
    }
    return render(request, "badges/index.html", context)
