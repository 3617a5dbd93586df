"""« Relancer »: one page that says who will be reminded and who will not, then the reminders."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from badges.admin.follow.pages import back, context_of, open_followed
from badges.services.remind import obstacle_words
from badges.services.remind import remind as queue_reminders


def remind(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    followed = open_followed(model_admin, request, object_id)
    waiting = followed.awards(state="pending")
    if request.method == "POST":
        count = queue_reminders(assertions=waiting, by=cast(User, request.user))
        said = ngettext("%(count)s reminder is queued.", "%(count)s reminders are queued.", count)
        messages.success(request, said % {"count": count})
        return back(followed)
    counts = waiting.reminder_obstacles(timezone.now())
    context = context_of(model_admin, request, followed, _("Remind those who have not answered"))
    context |= {"count": counts.pop("", 0), "kept": _sentences(counts)}
    return TemplateResponse(request, "admin/badges/follow/remind.html", context)


def _sentences(counts: dict[str, int]) -> list[str]:
    return [
        text % {"count": counts[reason]} for reason, text in obstacle_words().items() if counts.get(reason)
    ]
