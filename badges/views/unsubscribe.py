"""« Je ne veux plus recevoir d'e-mails de … »: the link in the foot of the mails, and the button of mailboxes."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from badges import access
from badges.models import Issuer
from badges.services.opt_out import opt_in, opt_out
from passport.lib.http import confidential

StopView = Callable[[HttpRequest, Issuer, str], object]


def _page(act: StopView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Does `act`, then shows how it stands. The signed link is the whole right: neither account nor cookie.

    A POST is answered with the page itself: mailboxes follow no redirect (RFC 8058, section 3.1).
    """

    @wraps(act)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        try:
            issuer, address = access.by_stop_token(token)
        except Http404:  # here, for a truncated link still holds an address, and Django would log it
            return confidential(render(request, "404.html", status=404))
        act(request, issuer, address)
        context = {
            "issuer": issuer,
            "address": address,
            "token": token,
            "stopped": issuer.opt_outs.filter(folded_address=address).exists(),
        }
        return confidential(render(request, "badges/unsubscribe.html", context))

    return view


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@_page
def unsubscribe(request: HttpRequest, issuer: Issuer, address: str) -> None:
    """Scanners open links: only the button stops anything."""
    if request.method == "POST":
        opt_out(issuer=issuer, address=address)


@login_not_required
@require_POST
@_page
def resubscribe(request: HttpRequest, issuer: Issuer, address: str) -> None:
    opt_in(issuer=issuer, address=address)
