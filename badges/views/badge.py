"""One badge of the person who is signed in: its page, and the answer to a waiting one."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from badges import access
from badges.enums import AssertionState
from badges.exceptions import NotPossible
from badges.services import accept as accepting
from badges.services import decline as declining
from badges.services.opened import mark_opened
from passport.lib.http import see_other

TEMPLATES = {
    AssertionState.PENDING: "badges/pending.html",
    AssertionState.ACCEPTED: "badges/badge.html",
    AssertionState.DECLINED: "badges/declined.html",
}


@require_safe
def badge(request: HttpRequest, uid: UUID) -> HttpResponse:
    assertion = access.own_badge(request.user, uid)
    context = {"assertion": assertion, "subtab": "badge"}
    return render(request, TEMPLATES[AssertionState(assertion.state)], context)


@require_POST
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """« Accepter ce badge ». A second click, or a second browser, finds it accepted and goes on."""
    assertion = access.own_badge(request.user, uid)
    mark_opened(assertion=assertion)
    try:
        accepting.accept(assertion=assertion, holder=cast(User, request.user))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return see_other("badges:index")
    messages.success(request, _("The badge is yours."))
    return see_other("badges:visibility", uid)


@require_POST
def decline(request: HttpRequest, uid: UUID) -> HttpResponse:
    assertion = access.own_badge(request.user, uid)
    mark_opened(assertion=assertion)
    try:
        declining.decline(assertion=assertion)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return see_other("badges:index")
    messages.success(request, _("The badge is refused."))
    return see_other("badges:index")


@require_POST
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Brings a refused badge back among those that wait."""
    assertion = access.own_badge(request.user, uid)
    try:
        declining.undo(assertion=assertion)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return see_other("badges:index")
    messages.success(request, _("The badge is waiting for your answer again."))
    return see_other("badges:badge", uid)
