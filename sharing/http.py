from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse


def noindex(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Search engines ask for their own consent, which nobody has given yet."""

    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return marked
