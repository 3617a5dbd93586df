from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.enums import DocumentKind
from accounts.http import MemberRequest
from accounts.models import LegalDocument


@login_not_required
@require_safe
def document(request: HttpRequest, kind: str) -> HttpResponse:
    """A text of the site, in its version in force."""
    text = LegalDocument.objects.current(kind, (get_language() or "fr")[:2])
    return _page(request, kind, text)


@require_safe
def accepted(request: MemberRequest, version: int) -> HttpResponse:
    """« Relire »: the statement as this person accepted it, also when a newer one is in force."""
    given = request.user.consents.select_related("document").filter(
        document__kind=DocumentKind.PRIVACY, document__version=version
    )
    consent = given.order_by("-given_at").first()
    if consent is None:
        raise Http404
    return _page(request, DocumentKind.PRIVACY, consent.document)


def _page(request: HttpRequest, kind: str, text: LegalDocument | None) -> HttpResponse:
    return render(request, "accounts/document.html", {"title": DocumentKind(kind).label, "document": text})
