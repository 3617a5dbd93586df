"""The page of one award: what became of it, what was done to it and by whom, and what can be done."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts.models import User
from badges.admin.award.documents import documents_of
from badges.admin.award.forms import ACTS, Act, ChosenAct
from badges.admin.award.history import history_of, mail_of
from badges.models import Assertion


def award_page(model_admin, request: HttpRequest, assertion: Assertion) -> HttpResponse:
    form = None
    if request.method == "POST":
        form = _sent(request, assertion)
        after = form.carry_out(cast(User, request.user)) if form and form.is_valid() else None
        if form and after:
            messages.success(request, str(form.done))
            return HttpResponseRedirect(reverse("admin:badges_assertion_change", args=[after.pk]))
        assertion = model_admin.get_object(request, assertion.pk)
    return TemplateResponse(
        request, "admin/badges/award/page.html", _context(model_admin, request, assertion, form)
    )


def _sent(request: HttpRequest, assertion: Assertion) -> Act | None:
    chosen = ChosenAct(request.POST)
    return ACTS[chosen.cleaned_data["act"]](request.POST, assertion=assertion) if chosen.is_valid() else None


def _context(model_admin, request: HttpRequest, assertion: Assertion, form: Act | None) -> dict[str, Any]:
    forms = [
        form if form and form.key == key else act(assertion=assertion)
        for key, act in ACTS.items()
        if act.allowed(assertion)
    ]
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": assertion.recipient_name or assertion.recipient_address,
        "assertion": assertion,
        "badge_class": assertion.badge_class,
        "answer": model_admin.answer(assertion),
        "mail": mail_of(assertion),
        "history": history_of(assertion),
        "evidence": list(assertion.evidence.all()),
        "signed": documents_of(assertion),
        "forms": forms,
        # Refused, and not to be shown any more: the award has changed since the page was read.
        "refused": form if form and form not in forms else None,
    }
