from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "image/svg+xml")
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class CompressText(GZipMiddleware):
    """Compresses text; pictures are compressed already. Django's middleware pads what it sends against BREACH."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)


class SignInRequired(LoginRequiredMiddleware):
    """Every page asks to sign in, but those marked @login_not_required: for these the session is not even opened."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        """After a POST, signing in leads back to the page of the button, since a POST cannot be followed."""
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        page = urlsplit(request.headers.get("Referer", ""))
        here = page.netloc == request.get_host() and page.path.startswith("/")
        return redirect_to_login(page.path if here else "/", self.get_login_url(view_func))


def privacy_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps pages out of shared caches and of search engines: what one person may see is not handed to another."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Names stand on most pages: search engines need a consent of their own, which a person gives for their profile.
        response.headers.setdefault("X-Robots-Tag", "noindex")
        if "text/html" in response.headers.get("Content-Type", ""):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
