"""A list before it is sent: what each line will do, and the means to mend it."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from badges.admin.drafts import lines
from badges.admin.drafts.forms import ColumnsForm, CorrectionsForm, DraftFilters
from badges.admin.drafts.upload import MAX_LINES
from badges.enums import LineOutcome, SharedAddress
from badges.exceptions import NotPossible
from badges.models import Batch
from badges.services import draft
from passport.lib.csv_export import csv_response

PER_PAGE = 50
GLIMPSE = 5


def to_page(batch: Batch, **query: object) -> HttpResponse:
    address = reverse("admin:badges_batch_change", args=[batch.pk])
    asked = {key: value for key, value in query.items() if value}
    return redirect(f"{address}?{urlencode(asked)}" if asked else address)


def draft_page(model_admin, request: HttpRequest, batch: Batch) -> HttpResponse:
    return _page(model_admin, request, batch, ColumnsForm(reading=batch.reading) if _titled(batch) else None)


def _titled(batch: Batch) -> bool:
    return bool(batch.reading.get("titles"))


def _page(
    model_admin, request: HttpRequest, batch: Batch, columns: ColumnsForm | None, status: int = 200
) -> HttpResponse:
    state, number = DraftFilters(request.GET).asked()
    totals, states = lines.totals(batch), lines.states()
    if state not in states:
        state = lines.TO_CORRECT if totals[lines.TO_CORRECT] else LineOutcome.READY.value
    page = Paginator(lines.in_state(batch, state), PER_PAGE).get_page(number)
    glimpse = lines.in_state(batch, LineOutcome.READY)[:GLIMPSE] if state == lines.TO_CORRECT else []
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Award: check the list"),
        "batch": batch,
        "badge_class": batch.badge_class,
        "description": lines.description(batch, totals["all"]),
        "columns": columns,
        "totals": totals,
        "left_out": sum(totals[outcome] for outcome in lines.LEFT_OUT),
        "shown_state": state,
        "heading": states[state],
        "page": page,
        "findings": [lines.finding(line) for line in page],
        "glimpse": [lines.finding(line) for line in glimpse],
        "each": batch.shared == SharedAddress.EACH,
    }
    return TemplateResponse(request, "admin/badges/drafts/draft.html", context, status=status)


def choose_columns(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    batch = model_admin.open(request, object_id)
    if request.method != "POST" or not _titled(batch):
        return to_page(batch)
    form = ColumnsForm(request.POST, reading=batch.reading)
    if form.is_valid():
        try:
            by = cast(User, request.user)
            draft.choose_columns(batch=batch, columns=form.columns(), by=by, most=MAX_LINES)
            return to_page(batch)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
    return _page(model_admin, request, batch, form, status=422)


def correct(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Writes what was typed, whichever button was pressed: the next page of lines loses nothing."""
    batch = model_admin.open(request, object_id)
    if request.method != "POST":
        return to_page(batch)
    form = CorrectionsForm(request.POST)
    state, number = form.asked()
    act = form.cleaned_data.get("act") or "check"
    try:
        if act == "shared":
            draft.correct(batch=batch, shared=form.cleaned_data.get("shared") or None)
        elif form.typed():
            draft.correct(batch=batch, values=form.typed(), kept=form.kept())
        if act == "proposals":
            draft.take_proposals(batch=batch)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return to_page(batch, etat=state, page=number if number > 1 else None)


def discard(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    batch = model_admin.open(request, object_id)
    if request.method != "POST":
        return to_page(batch)
    try:
        draft.discard(batch=batch)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return to_page(batch)
    messages.success(request, _("The list is forgotten. Nothing was sent."))
    return redirect("admin:badges_badgeclass_issue", batch.badge_class_id)


def export_left_out(model_admin, request: HttpRequest, object_id: int) -> HttpResponseBase:
    """The lines that receive nothing, for the organiser to mend at their source."""
    batch = model_admin.open(request, object_id)
    header = [_("Line"), _("E-mail address"), _("Name"), _("Finding"), _("Proposed address")]
    rows = (
        [found.line.number, found.line.value, found.line.name, found.text, found.line.proposal]
        for found in map(lines.finding, lines.left_out(batch).iterator(1_000))
    )
    return csv_response(f"lignes-ecartees-{batch.pk}.csv", header, rows)
