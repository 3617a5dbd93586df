"""« Délivrer ce badge »: give a list, check it, send. Nothing is written before the last step."""

import base64
from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from badges import lists
from badges.admin.forms import ConfirmForm, ListForm
from badges.exceptions import NotPossible
from badges.models import BadgeClass
from badges.services.issue import examine, issue

MAX_LINES = 20_000
SEAL_SECONDS = 24 * 3600
SHOWN_REFUSALS = 200


def issue_view(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    badge_class = model_admin.get_object(request, str(object_id))
    if badge_class is None:
        raise Http404
    if not model_admin.has_change_permission(request, badge_class):
        raise PermissionDenied
    if "sealed" in request.POST:
        return _send(model_admin, request, badge_class)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    context = _context(model_admin, request, badge_class, form)
    if form.is_bound and form.is_valid():
        try:
            raw = form.cleaned_data["raw"]
            context["report"] = examine(badge_class=badge_class, lines=_bounded(raw))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return _preview(request, context, raw, form.cleaned_data["source"])
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/badges/badgeclass/issue.html", context, status=status)


def _preview(request: HttpRequest, context: dict, raw: bytes, source: str) -> HttpResponse:
    report = context["report"]
    context |= {
        "title": _("Award: check the list"),
        "source": source,
        "refused": report.invalid[:SHOWN_REFUSALS],
        "form": ConfirmForm(initial={"sealed": _seal(raw, source, context["badge_class"], request)}),
    }
    return TemplateResponse(request, "admin/badges/badgeclass/preview.html", context)


def _send(model_admin, request: HttpRequest, badge_class: BadgeClass) -> HttpResponse:
    form = ConfirmForm(request.POST)
    try:
        raw, source = _unseal(form.data["sealed"], badge_class, request)
        report = issue(
            badge_class=badge_class, lines=_bounded(raw), source=source, by=cast(User, request.user)
        )
    except NotPossible as refusal:
        again = ListForm({"text": ""})
        again.add_error(None, str(refusal))
        context = _context(model_admin, request, badge_class, again)
        return TemplateResponse(request, "admin/badges/badgeclass/issue.html", context, status=422)
    sentence = ngettext("%(count)s badge is queued.", "%(count)s badges are queued.", report.created)
    # Apart from the f-string: what stands inside one is not found for translation.
    close = _("You may close this page.")
    said = f"{sentence % {'count': report.created}} {close}"
    messages.success(request, said)
    return redirect("admin:badges_batch_change", report.batch_id)


def _bounded(raw: bytes) -> Iterator[lists.Line]:
    for count, line in enumerate(lists.open_list(raw).lines, 1):
        if count > MAX_LINES:
            raise NotPossible(
                _("This list has more than 20,000 lines. Cut it in parts and send each of them.")
            )
        yield line


def _seal(raw: bytes, source: str, badge_class: BadgeClass, request: HttpRequest) -> str:
    """The list, byte for byte, for the page to carry: what was checked is what is sent, and nothing is kept here."""
    return signing.dumps(
        [base64.b64encode(raw).decode(), source], salt=_salt(badge_class, request), compress=True
    )


def _unseal(sealed: str, badge_class: BadgeClass, request: HttpRequest) -> tuple[bytes, str]:
    try:
        content, source = signing.loads(sealed, salt=_salt(badge_class, request), max_age=SEAL_SECONDS)
    except signing.BadSignature as error:
        raise NotPossible(_("This check is too old, or incomplete. Give the list again.")) from error
    return base64.b64decode(content), source


def _salt(badge_class: BadgeClass, request: HttpRequest) -> str:
    return f"badges.admin.issue.{badge_class.pk}.{request.user.pk}"


def _context(model_admin, request: HttpRequest, badge_class: BadgeClass, form: ListForm) -> dict:
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Award this badge"),
        "badge_class": badge_class,
        "form": form,
    }
