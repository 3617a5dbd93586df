from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from badges import access
from badges.models import BadgeClass
from badges.querysets import level_of
from connections.models import IssuerFollow
from passport.lib.listing import counted, listing
from passport.lib.search import PageForm


@login_not_required
@require_safe
def issuer(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = access.issuer_in_gallery(slug)
    theirs = BadgeClass.objects.published().filter(issuer=organisation).select_related("issuer")
    page = listing(theirs, PageForm(request.GET), order=("folded_name", "id"), size=settings.BADGES_PER_PAGE)
    context = {
        "issuer": organisation,
        "page": page,
        "total": counted(theirs),
        "level": level_of(request.user),
        "follows": IssuerFollow.objects.of(request.user).filter(issuer=organisation).exists(),
    }
    return render(request, "gallery/issuer.html", context)
