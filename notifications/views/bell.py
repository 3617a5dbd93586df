"""The page behind the bell. Looking at it writes nothing: opening a line and « Tout marquer comme lu » are acts."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from notifications import access
from notifications.forms import ReadForm
from notifications.http import MemberRequest
from notifications.models import Notification
from notifications.services import read
from notifications.telling import told
from passport.lib import keyset
from passport.lib.http import see_other
from passport.lib.search import PageForm

SIZE = 30


@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """What one is told of, day by day."""
    now = timezone.now()
    page = keyset.page(
        Notification.objects.of(request.user),
        order=("-created_at", "-id"),
        size=SIZE,
        cursor=PageForm(request.GET).value("apres"),
    )
    context = {
        "lines": told(request.user, page.rows),
        "has_unread": Notification.objects.of(request.user).unread().exists(),
        "now": now.isoformat(),
        "today": timezone.localdate(now),
        "yesterday": timezone.localdate(now) - timedelta(days=1),
        "previous_url": f"?apres={page.previous}" if page.previous else "",
        "next_url": f"?apres={page.following}" if page.following else "",
    }
    return render(request, "notifications/index.html", context)


@require_POST
def open_one(request: MemberRequest, uid: UUID) -> HttpResponse:
    """To what a line is about; the line is read."""
    found = access.own(request.user, uid)
    read.read(notification=found.notification)
    return see_other(found.line.url)


@require_POST
def read_all(request: MemberRequest) -> HttpResponse:
    read.read_all(person=request.user, until=ReadForm(request.POST).moment)
    return see_other("notifications:index")
