from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from badges import pictures

# A picture is named by its content: it never changes, and opened by itself it runs and fetches nothing.
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@login_not_required
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    found = pictures.read_variant(name)
    if found is None:
        raise Http404
    content, content_type = found
    response = HttpResponse(content, content_type=content_type, headers=HEADERS | {"ETag": f'"{name}"'})
    answer = get_conditional_response(request, etag=f'"{name}"', response=response) or response
    for header, value in HEADERS.items():
        answer.headers.setdefault(header, value)
    return answer
