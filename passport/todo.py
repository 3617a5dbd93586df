"""Scaffolding, removed before the first release of this tree."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse


@login_not_required
def todo(request, **kwargs):
    return HttpResponse("todo", status=501)
