"""Files of people as answers. Whoever calls has opened the door."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from accounts.models import File
from accounts.models.file import SIDES

# Asked again each time, so that nobody goes on seeing what is withdrawn; what has not changed is not sent again.
# Opened by itself a file runs nothing, fetches nothing, and has nothing of this site.
HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def download(request: HttpRequest, file: File) -> HttpResponseBase:
    """The file itself, never shown by the browser: with its name (RFC 6266) and as what it was judged to be."""
    etag = f'"{file.sha256}"'
    return _unchanged(request, etag) or _headed(
        FileResponse(
            _opened(file.content.name or ""),
            content_type=file.media_type,
            as_attachment=True,
            filename=file.name,
        ),
        etag,
    )


def picture(request: HttpRequest, file: File, side: int) -> HttpResponseBase:
    """A picture drawn here, for pages. Raises Http404 for a document and for another size."""
    if not file.is_picture or side not in SIDES:
        raise Http404
    etag = f'"{file.sha256}-{side}"'
    if unchanged := _unchanged(request, etag):
        return unchanged
    with _opened(file.smaller(side)) as content:
        return _headed(HttpResponse(content.read(), content_type="image/webp"), etag)


def _opened(name: str):
    try:
        return default_storage.open(name)
    except FileNotFoundError as missing:
        raise Http404 from missing


def _unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    answer = get_conditional_response(request, etag=etag)
    return _headed(answer, etag) if answer else None


def _headed(answer: HttpResponseBase, etag: str) -> HttpResponseBase:
    for header, value in (HEADERS | {"ETag": etag}).items():
        answer.headers[header] = value
    return answer
