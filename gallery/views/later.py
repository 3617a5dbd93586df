"""A sub-tab of the gallery in which nothing can be published yet."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/map.html")
