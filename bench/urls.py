"""The application's addresses and one more: a page that costs nothing but the application itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def constant(request: HttpRequest, size: int) -> HttpResponse:
    """`size` bytes of HTML through every middleware, without a query or a template: what pages are measured against."""
    return HttpResponse(b"x" * size)


urlpatterns = [path("constant/<int:size>", constant), path("", include("passport.urls"))]
handler400, handler403 = "passport.errors.bad_request", "passport.errors.forbidden"
handler404, handler500 = "passport.errors.not_found", "passport.errors.server_error"
