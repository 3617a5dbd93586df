"""The first step: a list, pasted or as a file."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.models import User
from badges.admin.drafts.forms import ListForm
from badges.exceptions import NotPossible
from badges.services.draft import draft

MAX_LINES = 20_000


def upload(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    badge_class = model_admin.open(request, object_id)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if form.is_bound and form.is_valid():
        try:
            batch = draft(
                badge_class=badge_class,
                raw=form.cleaned_data["raw"],
                source=form.cleaned_data["source"],
                by=cast(User, request.user),
                most=MAX_LINES,
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("admin:badges_batch_change", batch.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Award this badge"),
        "badge_class": badge_class,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/badges/drafts/upload.html", context, status=status)
