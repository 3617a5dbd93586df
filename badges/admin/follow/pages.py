"""The page that follows a list or a badge, and the same people as a download."""

from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from badges.admin.follow.forms import PeopleForm
from badges.admin.follow.funnel import counts, stages
from badges.admin.follow.people import Followed
from badges.admin.follow.progress import progress
from badges.models import Batch
from passport.lib.csv_export import csv_response

PER_PAGE = 50
READ_AT_ONCE = 1_000


def open_followed(model_admin, request: HttpRequest, object_id: int) -> Followed:
    """What the organiser may follow, by the administration's own scope; 404 for what is unknown, foreign or a draft."""
    found = model_admin.open(request, object_id)
    if not isinstance(found, Batch):
        return Followed(found)
    if found.is_draft:
        raise Http404
    return Followed(found.badge_class, found)


def address(followed: Followed, act: str) -> str:
    return reverse(f"admin:badges_{followed.model}_{act}", args=[followed.key])


def page_address(followed: Followed) -> str:
    return address(followed, "change" if followed.batch else "follow")


def context_of(model_admin, request: HttpRequest, followed: Followed, title: str) -> dict:
    acts = ["export", "remind", "revoke", *(["pause", "resume", "stop"] if followed.batch else [])]
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "followed": followed,
        "batch": followed.batch,
        "badge_class": followed.badge_class,
        "page_url": page_address(followed),
        "urls": {act: address(followed, act) for act in acts},
    }


def follow_page(model_admin, request: HttpRequest, followed: Followed) -> HttpResponse:
    form = PeopleForm(request.GET, followed=followed)
    text, state, number = form.asked()
    rows = followed.people(followed.found(text, state))
    page = Paginator(rows, PER_PAGE).get_page(number)
    totals = counts(followed)
    context = context_of(model_admin, request, followed, _title(followed)) | {
        "progress": progress(followed.batch) if followed.batch else None,
        "totals": totals,
        "stages": stages(totals),
        "search": form,
        "state": state,
        "links": [(key, label, urlencode({"q": text, "state": key})) for key, label in form.states],
        "query": urlencode({"q": text, "state": state}),
        "page": page,
        "people": [followed.person(row) for row in page],
    }
    return TemplateResponse(request, "admin/badges/follow/page.html", context)


def _title(followed: Followed) -> str:
    if followed.batch is None:
        return _("Follow-up of a badge")
    date = formats.date_format(timezone.localtime(followed.batch.created_at), "DATE_FORMAT")
    return _("Sending of %(date)s") % {"date": date}


def badge_page(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    return follow_page(model_admin, request, open_followed(model_admin, request, object_id))


def export(model_admin, request: HttpRequest, object_id: int) -> HttpResponseBase:
    followed = open_followed(model_admin, request, object_id)
    text, state, _number = PeopleForm(request.GET, followed=followed).asked()
    rows = followed.people(followed.found(text, state)).iterator(READ_AT_ONCE)
    header = [
        _("Line"), _("Name"), _("Address"), _("State"), _("Mail"), _("sent at"), _("page opened on"),
        _("accepted on"), _("declined on"), _("reminded on"), _("revoked on"),
    ]  # fmt: skip
    cells = (_cells(followed.person(row)) for row in rows)
    return csv_response(f"suivi-{followed.badge_class.slug}-{followed.key}.csv", header, cells)


def _cells(person) -> Iterator[object]:
    award, mail = person.award, person.mail
    if person.changed_at is None:
        award = mail = None
    yield from (person.number, person.name, person.address, person.verdict.text)
    yield mail.get_state_display() if mail else ""
    yield _moment(mail.sent_at if mail else None)
    for field in ("opened_at", "accepted_at", "declined_at", "reminded_at", "revoked_at"):
        yield _moment(getattr(award, field) if award else None)


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def back(followed: Followed) -> HttpResponse:
    return redirect(page_address(followed))


Page = Callable[..., HttpResponseBase]
