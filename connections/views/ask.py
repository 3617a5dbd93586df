"""A holder asks for a recommendation; a member who is asked answers."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import MemberRequest
from badges.exceptions import NotPossible
from connections import access
from connections.recognition_forms import AskForm, RecommendForm
from connections.services import ask as asking
from connections.services import recognise
from connections.views.attempt import attempt
from passport.lib.http import posted, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: MemberRequest, uid: UUID) -> HttpResponse:
    """« Demander une recommandation » of one's badge, whoever may see it: who is asked sees what the page says."""
    assertion = access.own_held_badge(request.user, uid)
    form = AskForm(posted(request), holder=request.user, assertion=assertion)
    if request.method == "POST" and form.is_valid():
        message = form.cleaned_data["message"]
        try:
            asking.ask(assertion=assertion, message=message, member=form.member, address=form.address)
        except NotPossible as refusal:
            form.add_error("to", str(refusal))
        else:
            messages.success(request, _("Your request is sent."))
            return see_other("recognition:badge", uid)
    request.tab = "badges"  # type: ignore[attr-defined]
    context = {"assertion": assertion, "subtab": "recognitions", "form": form}
    return render(request, "connections/ask.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw_request(request: MemberRequest, uid: UUID) -> HttpResponse:
    mine = access.own_request(request.user, uid)
    if asking.withdraw(request=mine):
        messages.success(request, _("Your request is withdrawn."))
    else:
        messages.error(request, _("This request is answered already: refuse or delete the recommendation."))
    return see_other("recognition:badge", mine.assertion.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What a member was asked: the badge as its holder shows it by asking, and the answer."""
    put = access.request_put_to(request.user, uid)
    written = put.assertion.recognitions.written_by(request.user).first()
    if written:
        return see_other(written)
    form = RecommendForm(posted(request), author=request.user)
    if request.method == "POST" and put.is_open and form.is_valid():
        text = form.cleaned_data["text"]
        act = partial(recognise.write, author=request.user, assertion=put.assertion, text=text, request=put)
        attempt(request, act, _("Your recommendation is sent: its holder decides whether it is shown."))
        return see_other("recognition:index")
    request.tab = "connections"  # type: ignore[attr-defined]
    context = {"put": put, "assertion": put.assertion, "form": form}
    return render(request, "connections/asked.html", context, status=422 if form.errors else 200)


@require_POST
def decline(request: MemberRequest, uid: UUID) -> HttpResponse:
    asking.decline(request=access.request_put_to(request.user, uid))
    messages.success(request, _("The request is declined."))
    return see_other("recognition:index")
