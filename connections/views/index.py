from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from connections.forms import PageForm
from connections.models import BadgeFollow
from passport.lib import keyset


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """« Connexions »: the badges that one follows."""
    page = keyset.page(
        BadgeFollow.objects.of(request.user).in_gallery(),
        order=("-created_at", "-id"),
        size=settings.BADGES_PER_PAGE,
        cursor=PageForm(request.GET).cursor,
    )
    context = {
        "follows": page.rows,
        "previous_url": f"?apres={page.previous}" if page.previous else "",
        "next_url": f"?apres={page.following}" if page.following else "",
    }
    return render(request, "connections/index.html", context)
