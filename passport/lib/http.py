from typing import Any

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url


def see_other(to: Any, *args: Any) -> HttpResponseRedirect:
    """After a POST, and away from a token: the next request is a GET (RFC 9110, section 15.4.4)."""
    return HttpResponseRedirect(resolve_url(to, *args), status=303)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is bound too, or its errors would not be said."""
    return request.POST if request.method == "POST" else None
