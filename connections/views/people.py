"""Acts between people. In one's own lists the answer is the same whether or not there was something to do."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import MemberRequest
from connections import access
from connections.enums import FollowState
from connections.forms import FollowForm
from connections.services import block as blocking
from connections.services import people as following
from passport.lib.urls import safe_next


@require_POST
def follow(request: MemberRequest, uid: UUID) -> HttpResponse:
    """« Suivre », or « Demander à suivre »."""
    person = access.person_to_follow(request.user, uid)
    form = FollowForm(request.POST, follower=request.user)
    if not form.is_valid():
        context = {"person": person, "form": form, "next": _back(request, "connections:index")}
        return render(request, "connections/follow_person.html", context, status=422)
    row = following.follow(follower=request.user, followed=person)
    if row and row.state == FollowState.ACCEPTED:
        messages.success(request, _("You follow %(name)s.") % {"name": person.profile})
    else:
        messages.success(request, _("Your request is sent to %(name)s.") % {"name": person.profile})
    return redirect(safe_next(request, reverse("sharing:profile", args=[person.profile.handle])))


@require_POST
def unfollow(request: MemberRequest, uid: UUID) -> HttpResponse:
    """« Ne plus suivre », and « Retirer ma demande »."""
    following.unfollow(follower=request.user, followed_uid=uid)
    messages.success(request, _("You do not follow this person any more."))
    return redirect(_back(request, "connections:index"))


@require_POST
def accept(request: MemberRequest, uid: UUID) -> HttpResponse:
    if following.accept(followed=request.user, follower_uid=uid):
        messages.success(request, _("This person follows you now."))
    else:
        messages.warning(request, _("This request was taken back."))
    return redirect(_back(request, "connections:followers"))


@require_POST
def refuse(request: MemberRequest, uid: UUID) -> HttpResponse:
    if following.refuse(followed=request.user, follower_uid=uid):
        messages.success(request, _("The request is refused. The person is not told."))
    else:
        messages.warning(request, _("This request was taken back."))
    return redirect(_back(request, "connections:followers"))


@require_POST
def reconsider(request: MemberRequest, uid: UUID) -> HttpResponse:
    following.reconsider(followed=request.user, follower_uid=uid)
    messages.success(request, _("The refusal is lifted."))
    return redirect("connections:set_aside")


@require_POST
def remove(request: MemberRequest, uid: UUID) -> HttpResponse:
    following.remove(followed=request.user, follower_uid=uid)
    messages.success(request, _("This person does not follow you any more. They are not told."))
    return redirect(_back(request, "connections:followers"))


@require_POST
def block(request: MemberRequest, uid: UUID) -> HttpResponse:
    blocking.block(person=request.user, blocked=access.somebody_else(request.user, uid))
    messages.success(request, _("This person is blocked. They are not told."))
    return redirect("connections:set_aside")


@require_POST
def unblock(request: MemberRequest, uid: UUID) -> HttpResponse:
    blocking.unblock(person=request.user, blocked_uid=uid)
    messages.success(request, _("This person is not blocked any more."))
    return redirect(_back(request, "connections:set_aside"))


def _back(request: MemberRequest, name: str) -> str:
    return safe_next(request, reverse(name))
