from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from badges.querysets import level_of
from gallery.filters import Filters
from passport.lib.listing import counted, listing


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return redirect("gallery:badges")


@login_not_required
@require_safe
def badges(request: HtmxRequest) -> HttpResponse:
    """« Galerie / Badges »: the page, or for htmx the results alone."""
    level = level_of(request.user)
    filters = Filters(request.GET, level=level)
    found = filters.search()
    page = listing(found, filters, order=filters.order, size=settings.BADGES_PER_PAGE)
    # A page restored from the browser's history is a whole one.
    fragment = bool(request.htmx) and not request.htmx.history_restore_request
    context = {"filters": filters, "level": level, "page": page, "fragment": fragment}
    context["total"] = counted(found)
    context["way_out"] = None if page.rows else filters.way_out()
    name = "gallery/badges.html#results" if fragment else "gallery/badges.html"
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    if fragment:
        response.headers["HX-Push-Url"] = request.path + filters.query()
    return response
