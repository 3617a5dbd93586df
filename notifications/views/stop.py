"""« Ne plus recevoir ces e-mails »: the link in the foot, and the button of mailboxes."""

from collections.abc import Callable, Mapping
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from notifications import access
from notifications.enums import Pace
from notifications.registry import kinds
from notifications.services import choose
from passport.lib.http import confidential

StopView = Callable[[HttpRequest, AbstractBaseUser, Mapping[str, str]], object]


def _page(act: StopView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Does `act`, then shows how it stands. The signed link is the whole right: neither account nor cookie.

    A POST is answered with the page itself: mailboxes follow no redirect (RFC 8058, section 3.1).
    """

    @wraps(act)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        try:
            person, paces = access.by_stop_token(token)
        except Http404:  # here, or Django would log the token
            return confidential(render(request, "404.html", status=404))
        act(request, person, paces)
        held = choose.paces_of(person)
        context = {
            "labels": [kinds[name].label for name in paces],
            "stopped": all(held[name] == Pace.NEVER for name in paces),
            "token": token,
        }
        return confidential(render(request, "notifications/stop.html", context))

    return view


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@_page
def stop(request: HttpRequest, person: AbstractBaseUser, paces: Mapping[str, str]) -> None:
    """Scanners open links: only the button stops anything."""
    if request.method == "POST":
        choose.stop(person=person, names=paces)


@login_not_required
@require_POST
@_page
def take_back(request: HttpRequest, person: AbstractBaseUser, paces: Mapping[str, str]) -> None:
    choose.take_back(person=person, names=paces)
