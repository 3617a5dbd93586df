from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import MemberRequest
from connections import access
from connections.forms import ReportForm
from connections.services import report as reporting
from connections.services.block import block
from passport.lib.http import posted


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: MemberRequest, what: str, subject: str) -> HttpResponse:
    """« Signaler » something that one has before oneself, and block the person with it."""
    kind, reportable = access.kind_of_report(what)
    told = reportable.open(request.user, subject)
    form = ReportForm(posted(request), reporter=request.user, person=told.person)
    if not form.is_valid():
        context = {"form": form, "told": told, "kind": kind}
        return render(request, "connections/report.html", context, status=422 if form.errors else 200)
    fields = {name: form.cleaned_data[name] for name in ("reason", "text")}
    reporting.report(reporter=request.user, what=kind, subject=told.identifier, label=told.label, **fields)
    if told.person and form.cleaned_data["block"]:
        block(person=request.user, blocked=told.person)
    messages.success(request, _("Thank you. The administrators of this site will look at it."))
    return redirect(told.url)
