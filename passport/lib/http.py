from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url


def see_other(to: Any, *args: Any) -> HttpResponseRedirect:
    """After a POST, and away from a token: the next request is a GET (RFC 9110, section 15.4.4)."""
    return HttpResponseRedirect(resolve_url(to, *args), status=303)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is bound too, or its errors would not be said."""
    return request.POST if request.method == "POST" else None


def confidential(response: HttpResponse) -> HttpResponse:
    """No address that holds a token travels in a Referer, stays in a cache or is found by a search engine.

    A page has forms: under `no-referrer` browsers send them with `Origin: null`, which the CSRF check refuses. Under
    `same-origin` no other site learns anything either.
    """
    is_page = response.status_code < 300 or response.status_code >= 400
    response.headers["Referrer-Policy"] = "same-origin" if is_page else "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # a token is no line of a log
    return response
