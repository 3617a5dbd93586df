"""What a holder adds to a badge: the list, and a form for one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.exceptions import FileRefused
from badges import access
from badges.exceptions import NotPossible
from badges.forms_evidence import HolderEvidenceForm
from badges.models import HolderEvidence
from badges.services import holder_evidence as service
from passport.lib.http import posted, see_other


@require_safe
def holder_evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    assertion = access.badge_for_holder(request.user, uid)
    rows = assertion.holder_evidence.select_related("file")
    context = {"assertion": assertion, "subtab": "evidence", "rows": rows, "most": service.MOST}
    return render(request, "badges/holder_evidence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    assertion = access.badge_for_holder(request.user, uid)
    return _edit(request, HolderEvidence(assertion=assertion))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_evidence(request: HttpRequest, uid: UUID, evidence: UUID) -> HttpResponse:
    return _edit(request, access.holder_evidence(request.user, uid, evidence))


@require_POST
def delete_evidence(request: HttpRequest, uid: UUID, evidence: UUID) -> HttpResponse:
    service.remove(evidence=access.holder_evidence(request.user, uid, evidence))
    messages.success(request, _("The evidence is deleted."))
    return see_other("badges:holder_evidence", uid)


def _edit(request: HttpRequest, evidence: HolderEvidence) -> HttpResponse:
    form = HolderEvidenceForm(posted(request), request.FILES or None, instance=evidence)
    if request.method == "POST" and form.is_valid():
        try:
            service.write(evidence=evidence, **form.cleaned_data)
        except FileRefused as refusal:
            form.add_error("upload", str(refusal))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The evidence is saved."))
            return see_other("badges:holder_evidence", evidence.assertion.uid)
    context = {"assertion": evidence.assertion, "subtab": "evidence", "form": form, "evidence": evidence}
    return render(request, "badges/holder_evidence_form.html", context, status=422 if form.errors else 200)
