"""What supervisors and crawlers ask: no personal data, no session."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from passport.lib.urls import absolute


@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers too: 200, or 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Link previews are welcome; X-Robots-Tag says on every page whether it may be indexed, which is seldom."""
    lines = [
        "User-agent: *",
        "Disallow: /compte/",
        "Disallow: /obtenir/",
        f"# {absolute('/')} {settings.SITE_NAME}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
