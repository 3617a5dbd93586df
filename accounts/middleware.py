from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode

from accounts.services.consent import statement_to_accept

OPEN_APPS = {"admin"}
OPEN_NAMES = {"account_logout", "accounts:consent"}


def consent_required(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Asks a signed-in person again when the data protection statement has changed since they accepted it.

    Pages open to everybody stay open; what is only for members waits for the answer.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        # Asked first: what is open to everybody, pictures above all, must not vary with the session.
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if match is None or match.app_name in OPEN_APPS or match.view_name in OPEN_NAMES:
            return None
        if statement_to_accept(request.user) is None:
            return None
        back = (
            request.get_full_path() if request.method == "GET" else resolve_url(settings.LOGIN_REDIRECT_URL)
        )
        return redirect(f"{reverse('accounts:consent')}?{urlencode({'next': back})}")

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
