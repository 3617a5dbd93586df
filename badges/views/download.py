"""A badge as a file: the picture that carries it, or its documents."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from badges import access, baking, negotiation
from badges.forms import DownloadForm
from badges.models import Assertion, SignedDocuments
from badges.services import sign
from badges.views.picture import HEADERS

# Of somebody: what one person may have is not handed to another.
PERSONAL = {**HEADERS, "Cache-Control": "private, no-store", "Cross-Origin-Resource-Policy": "same-origin"}
EVERYBODY = {**HEADERS, **negotiation.HEADERS}


@login_not_required
@require_safe
def download(request: HttpRequest, uid: UUID, extension: str) -> HttpResponseBase:
    assertion = access.badge_file(request.user, uid)
    if not assertion.badge_class.issuer.is_here:
        return _original(request, assertion, extension)
    form = DownloadForm(request.GET, extension=extension)
    if not form.is_valid():
        raise Http404
    return _made(request, assertion, extension, form.cleaned_data["version"])


def _made(request: HttpRequest, assertion: Assertion, extension: str, version: str) -> HttpResponseBase:
    public = assertion.is_public and not assertion.is_revoked
    try:
        documents = sign.documents_of(assertion)
        file = baking.file_of(assertion, documents, extension=extension, version=version, public=public)
        headers = EVERYBODY if public else PERSONAL
        response = _attachment(b"", assertion, extension, headers)
        answer = negotiation.conditional(request, response, etag=file.etag) if public else response
        if answer.status_code == 200:
            response.content = file.content()
    except (baking.NoSuchFile, SignedDocuments.DoesNotExist) as missing:
        raise Http404 from missing
    return answer


def _original(request: HttpRequest, assertion: Assertion, extension: str) -> HttpResponse:
    """What was imported, as it came, for its holder alone: it may spell out their address."""
    imported = access.imported_badge(request.user, assertion.uid)
    if extension != imported.container:
        raise Http404
    return _attachment(bytes(imported.original), assertion, extension, PERSONAL)


def _attachment(content: bytes, assertion: Assertion, extension: str, headers: dict) -> HttpResponse:
    """Named by us, in ASCII (RFC 6266)."""
    name = content_disposition_header(True, f"{assertion.badge_class.slug}.{extension}")
    kind = baking.TYPES[extension]
    return HttpResponse(content, content_type=kind, headers=headers | {"Content-Disposition": name})
