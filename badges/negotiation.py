"""One address, several readers: machines get the document, browsers a page (RFC 9110, sections 12.5.1 and 13).

What machines get is for everybody: any origin, no cookie, and no cache keeps it for more than a minute, so that going
private and revoking act everywhere within one.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from badges.formats import jsons
from badges.sealing import SecretLost
from passport import errors

logger = logging.getLogger(__name__)

JSON_LD = ("application/ld+json", "application/json")
JSON = ("application/json", "application/ld+json")
PAGE = "text/html"
METHODS = "GET, HEAD, OPTIONS"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, max-age=60",
    "X-Content-Type-Options": "nosniff",
}
PREFLIGHT = HEADERS | {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True)
class Form:
    """One writing of what an address says, under the media types of which the first is its own."""

    text: str
    types: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What an address says. The first form is for whoever asks for nothing in particular; `page` is for browsers."""

    forms: tuple[Form, ...]
    page: Callable[[], HttpResponse] | None = None
    status: int = 200


def document(
    content: dict | str,
    *,
    types: tuple[str, ...] = JSON_LD,
    page: Callable[[], HttpResponse] | None = None,
) -> Answer:
    """One JSON document, given or as it is stored."""
    text = content if isinstance(content, str) else jsons.write(content)
    return Answer((Form(text, types),), page)


def gone(content: dict, *, page: Callable[[], HttpResponse] | None = None) -> Answer:
    """What was here and is withdrawn (RFC 9110, section 15.5.11)."""
    return Answer((Form(jsons.write(content), JSON_LD),), page, status=410)


def machine_address(view: Callable[..., Answer]) -> Callable[..., HttpResponseBase]:
    """Makes of a function that answers with an `Answer`, or raises Http404, a view for machines and browsers."""

    @login_not_required
    @require_http_methods(["GET", "HEAD", "OPTIONS"])
    @wraps(view)
    def negotiated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        try:
            response = _respond(request, view(request, *args, **kwargs))
        except (Http404, ObjectDoesNotExist):
            response = _not_found(request)
        except SecretLost as lost:
            logger.error("%s: %s", request.path, lost)
            response = _unavailable()
        patch_vary_headers(response, ["Accept"])
        return response

    return negotiated


def conditional(request: HttpRequest, response: HttpResponse, *, etag: str) -> HttpResponseBase:
    """`response`, or 304 with its headers when the client has it already.

    By its bytes alone: a date would be the same before and after a key or a place on a list was withdrawn.
    """
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    if answer is None:
        return response
    for header, value in response.headers.items():
        if header not in ("Content-Type", "Content-Length"):
            answer.headers.setdefault(header, value)
    return answer


def etag_of(*parts: str) -> str:
    """The strong validator of what `parts` determine."""
    return f'"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"'


def _respond(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    forms = {kind: form for form in answer.forms for kind in form.types}
    offered = [*forms, PAGE] if answer.page else list(forms)
    # Whoever wants something else gets the document all the same (RFC 9110, section 15.5.7).
    chosen = request.get_preferred_type(offered) or offered[0]
    if chosen == PAGE and answer.page:
        return answer.page()
    response = _written(forms[chosen].text, chosen, answer.status)
    if answer.status != 200:
        return response
    etag = etag_of(chosen, forms[chosen].text)
    return conditional(request, response, etag=etag)


def _not_found(request: HttpRequest) -> HttpResponse:
    """The same for what is hidden and what never was."""
    if request.get_preferred_type([*JSON, PAGE]) == PAGE:
        return errors.not_found(request, Http404())
    sentence = {"error": "not-found", "message": _("Nothing is published at this address.")}
    return _written(jsons.write(sentence), JSON[0], 404)


def _unavailable() -> HttpResponse:
    """Only what must be signed at this moment: what is signed already is served without any key."""
    sentence = {"error": "unavailable", "message": _("This site cannot sign at the moment. Ask again later.")}
    response = _written(jsons.write(sentence), JSON[0], 503)
    response.headers["Retry-After"] = "3600"
    response.headers["Cache-Control"] = "no-store"
    return response


def _written(text: str, kind: str, status: int) -> HttpResponse:
    content_type = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    return HttpResponse(text, content_type=content_type, status=status, headers=HEADERS)
