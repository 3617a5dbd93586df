"""What an organiser does from the page of a list: pause it, stop it, withdraw badges."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from badges.admin.follow.forms import PeopleForm, WithdrawForm
from badges.admin.follow.pages import back, context_of, open_followed
from badges.admin.follow.progress import progress
from badges.enums import RevocationReason
from badges.exceptions import NotPossible
from badges.models import Batch
from badges.services import send
from badges.services.revoke import revoke_many


def pause(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    return _move(model_admin, request, object_id, send.pause, _("The sending is paused."))


def resume(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    return _move(model_admin, request, object_id, send.resume, _("The sending goes on."))


def stop(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Asks first, with what will happen to how many."""
    followed = open_followed(model_admin, request, object_id)
    if request.method == "POST":
        return _move(model_admin, request, object_id, send.cancel, _("The sending is stopped."))
    context = context_of(model_admin, request, followed, _("Stop the sending"))
    context["progress"] = progress(context["batch"])
    return TemplateResponse(request, "admin/badges/follow/stop.html", context)


def _move(
    model_admin, request: HttpRequest, object_id: int, act: Callable[..., Batch], said: str
) -> HttpResponse:
    followed = open_followed(model_admin, request, object_id)
    if request.method != "POST":
        return back(followed)
    try:
        act(batch=followed.batch)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return back(followed)


def revoke(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Withdraws the people of a filter, when they are still as many as were announced."""
    followed = open_followed(model_admin, request, object_id)
    posted = request.method == "POST"
    asked = PeopleForm(request.POST if posted else request.GET, followed=followed)
    text, state, _number = asked.asked()
    awards = followed.awards(text, state).filter(revoked_at=None).order_by("pk")
    count = awards.count()
    form = WithdrawForm(
        request.POST if posted else None,
        followed=followed,
        initial={"q": text, "state": state, "count": count},
    )
    if not count:
        messages.warning(request, _("No award matches. Choose another state."))
        return back(followed)
    if form.is_valid() and form.cleaned_data["count"] == count:
        reason = RevocationReason(form.cleaned_data["reason"])
        done = revoke_many(assertions=awards, reason=reason, by=cast(User, request.user))
        said = ngettext("%(count)s award was revoked.", "%(count)s awards were revoked.", done)
        messages.success(request, said % {"count": done})
        return back(followed)
    context = context_of(model_admin, request, followed, _("Revoke awards"))
    context |= {"form": form, "count": count, "shown": awards[:20], "text": text, "state": state}
    status = 422 if posted else 200
    return TemplateResponse(request, "admin/badges/follow/revoke.html", context, status=status)
