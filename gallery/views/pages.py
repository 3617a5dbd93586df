from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from badges.querysets import level_of
from gallery.filters import PageFilters
from pages.cards import cards
from pages.models import Page
from passport.lib.listing import counted, listing

ORDER = ("-updated_at", "-id")


@login_not_required
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """« Galerie / Page »: the portfolio pages that the viewer may open."""
    filters = PageFilters(request.GET)
    found = filters.search(Page.objects.listed_to(request.user))
    page = listing(
        found.select_related("owner__profile"), filters, order=ORDER, size=settings.BADGES_PER_PAGE
    )
    context = {
        "filters": filters,
        "page": page,
        "cards": cards(page.rows, level_of(request.user)),
        "total": counted(found),
    }
    return render(request, "gallery/pages.html", context)
