from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from connections.querysets import profiles_listed_to
from gallery import lists
from gallery.filters import ProfileFilters
from passport.lib.listing import counted, listing


@login_not_required
@require_safe
def profiles(request: HttpRequest) -> HttpResponse:
    """« Galerie / Profils »: the people whose profile the viewer may see."""
    filters = ProfileFilters(request.GET, listed=profiles_listed_to(request.user))
    found = filters.search()
    rows = found.select_related("picture")
    page = listing(rows, filters, order=("folded_name", "id"), size=settings.RECIPIENTS_PER_PAGE)
    context = {
        "filters": filters,
        "page": page,
        "portraits": lists.portraits(page.rows, request.user),
        "total": counted(found),
    }
    return render(request, "gallery/profiles.html", context)
