"""Documents of this site, read without network: it could not ask itself while it answers."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import resolve

from badges.formats.documents import Answer, Documents
from badges.formats.errors import Unreachable
from badges.formats.reading.addresses import shown

# Only what machines read: a page says something else to everybody.
FOLDERS = ("/ob2/", "/ob3/", "/badges/images/")


class Ours:
    """Addresses under SITE_URL are answered by their views, as to a stranger; all others by `beyond`."""

    def __init__(self, beyond: Documents) -> None:
        self._beyond = beyond

    def get(self, address: str, *, accept: str, limit: int) -> Answer:
        """Raises Unreachable: page-of-ours, fetch-too-big, and what `beyond` raises."""
        if not address.startswith(f"{settings.SITE_URL}/"):
            return self._beyond.get(address, accept=accept, limit=limit)
        parts = urlsplit(address.removeprefix(settings.SITE_URL))
        path = unquote(parts.path)
        if not path.startswith(FOLDERS):
            raise Unreachable("page-of-ours", address=shown(address))
        answer = _answer(path, _request(path, parts.query, accept))
        if len(answer.content) > limit:
            raise Unreachable("fetch-too-big", address=shown(address))
        return Answer(address, answer.status, answer.content, answer.media_type)


def _request(path: str, query: str, accept: str) -> HttpRequest:
    """Of somebody unknown: no session, no cookie."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.GET = QueryDict(query)
    request.META = {
        "HTTP_ACCEPT": accept,
        "HTTP_HOST": urlsplit(settings.SITE_URL).netloc,
        "QUERY_STRING": query,
    }
    request.user = AnonymousUser()
    return request


def _answer(path: str, request: HttpRequest) -> Answer:
    try:
        match = resolve(path)
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return Answer(path, 404, b"")
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Answer(path, response.status_code, b"".join(response), media_type)
