"""Documents of this site, read without network: it could not ask itself while it answers."""

import logging
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import resolve

from badges.formats.documents import Answer, Documents
from badges.formats.errors import Unreachable
from badges.formats.reading.addresses import shown
from passport.lib.fetch import FetchRefused, target

logger = logging.getLogger(__name__)

# Only what machines read: a page says something else to everybody.
FOLDERS = ("/ob2/", "/ob3/", "/badges/images/")


class Ours:
    """Addresses of this site are answered by their views, as to a stranger; all others by `beyond`."""

    def __init__(self, beyond: Documents) -> None:
        self._beyond = beyond

    def get(self, address: str, *, accept: str, limit: int) -> Answer:
        """What answers has SITE_URL's spelling, as after a redirect, however the address was spelled.

        Raises Unreachable: page-of-ours, fetch-no-answer, fetch-too-big, and what `beyond` raises.
        """
        if _host(address) != _host(settings.SITE_URL):
            return self._beyond.get(address, accept=accept, limit=limit)
        parts = urlsplit(address)
        path = unquote(parts.path)
        if not path.startswith(FOLDERS):
            raise Unreachable("page-of-ours", address=shown(address))
        try:
            answer = _answer(path, _request(path, parts.query, accept))
        except Exception as error:  # whatever a stranger's address makes of a view
            logger.warning("a document of this site cannot be read", exc_info=error)
            raise Unreachable("fetch-no-answer", address=shown(address)) from error
        if len(answer.content) > limit:
            raise Unreachable("fetch-too-big", address=shown(address))
        tail = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return Answer(f"{settings.SITE_URL}{tail}", answer.status, answer.content, answer.media_type)


def _host(address: str) -> tuple[str, int]:
    """As the network would know it; http and https are one, each on its own port. No host for what is not asked."""
    try:
        read = target.read(address)
    except FetchRefused:
        return "", 0
    return read.host, 0 if read.port in target.PORTS.values() else read.port


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
