"""The one confirmation: how many, from whom, what they will read, when; and a trial to oneself."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from badges import mails, trials
from badges.admin.drafts import lines
from badges.admin.drafts.forms import SendForm
from badges.admin.drafts.pages import to_page
from badges.enums import LineOutcome
from badges.exceptions import NotPossible
from badges.models import Batch
from badges.services import send as services
from badges.services.trial import send_trial


def send(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    batch = model_admin.open(request, object_id)
    if not batch.is_draft:
        messages.info(request, _("This list has been sent already."))
        return to_page(batch)
    data = request.POST if request.method == "POST" else None
    usual = mails.default_subject(batch.badge_class)
    totals = lines.totals(batch)
    initial = {"subject": batch.subject or usual, "seen": totals[LineOutcome.READY]}
    form = SendForm(data, usual=usual, initial=initial)
    if form.is_bound and form.is_valid():
        return _confirm(request, batch, form.cleaned_data)
    return _page(model_admin, request, batch, form, totals)


def _confirm(request: HttpRequest, batch: Batch, asked: dict) -> HttpResponse:
    try:
        services.confirm(batch=batch, **asked)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _said(asked["seen"], asked["starts_at"]))
    return to_page(batch)


def _said(count: int, starts_at: datetime | None) -> str:
    if starts_at:
        moment = formats.date_format(timezone.localtime(starts_at), "DATETIME_FORMAT")
        return _("The sending will begin on %(moment)s. You may close this page.") % {"moment": moment}
    # Two msgids: what stands inside an f-string is not found for translation.
    queued = ngettext("%(count)s badge is queued.", "%(count)s badges are queued.", count)
    close = _("You may close this page.")
    return f"{queued % {'count': count}} {close}"


def _page(
    model_admin, request: HttpRequest, batch: Batch, form: SendForm, totals: dict[str, int]
) -> HttpResponse:
    subject = form["subject"].value() or ""
    sample = batch.lines.filter(outcome=LineOutcome.READY).order_by("number").first()
    mail = trials.sample(batch.badge_class, name=sample.name if sample else "", subject=subject)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Award: confirm"),
        "batch": batch,
        "badge_class": batch.badge_class,
        "form": form,
        "totals": totals,
        "mail": mail,
        "sender": mails.sender_line(batch.badge_class.issuer),
        "reply_to": ", ".join(mail.reply_to),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/badges/drafts/send.html", context, status=status)


def trial(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    """The very mail to the organiser alone; what was typed on the page is kept with the draft."""
    batch = model_admin.open(request, object_id)
    if request.method != "POST" or not batch.is_draft:
        return to_page(batch)
    form = SendForm(request.POST, usual=mails.default_subject(batch.badge_class))
    form.is_valid()
    organiser = cast(User, request.user)
    try:
        send_trial(batch=batch, to=organiser, subject=form.cleaned_data.get("subject", ""))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A trial is on its way to %(address)s.") % {"address": organiser.email})
    return redirect("admin:badges_batch_send", batch.pk)
