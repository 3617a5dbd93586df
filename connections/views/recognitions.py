"""« Reconnaissances » of one's badge: what people say of it, whom one has asked, and one's answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import MemberRequest
from badges.access import badge_for_holder
from badges.exceptions import NotPossible
from connections import access
from connections.models import Congratulation, Recognition
from connections.recognition_forms import AnswerForm, ListForm
from connections.recognition_shown import listed, requests
from connections.services import recognise
from passport.lib.http import see_other


@require_safe
def recognitions(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The tab of its holder, who alone sees who has congratulated and what was refused."""
    assertion = badge_for_holder(request.user, uid)
    form, me = ListForm(request.GET), request.user
    received = Recognition.objects.received_by(me).filter(assertion=assertion)
    congratulations = Congratulation.objects.counted().filter(assertion=assertion)
    order, latest = ("-written_at", "-id"), ("-created_at", "-id")
    request.tab = "badges"  # type: ignore[attr-defined]
    context = {
        "assertion": assertion,
        "subtab": "recognitions",
        "received": listed(received, me, form.cursor("suite"), order=order, name="suite"),
        "congratulated": listed(
            congratulations, me, form.cursor("felicitations"), order=latest, name="felicitations"
        ),
        "count": congratulations.count(),
        "requests": requests(assertion, me, form.cursor("demandes")),
    }
    return render(request, "connections/recognitions.html", context)


@require_POST
def answer(request: MemberRequest, uid: UUID) -> HttpResponse:
    """One button of a recommendation that one has received."""
    received = access.received_recognition(request.user, uid)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what becomes of this recommendation."))
    else:
        try:
            messages.success(request, _answered(received, **form.cleaned_data))
        except NotPossible as refusal:
            messages.error(request, str(refusal))
    if received.assertion is None:
        return see_other("recognition:index")
    return see_other("recognition:badge", received.assertion.uid)


def _answered(received: Recognition, *, answer: str, digest: str) -> str:
    if answer == AnswerForm.DELETE:
        recognise.withdraw(recognition=received)
        return _("The recommendation is deleted.")
    if answer == AnswerForm.REFUSE:
        recognise.refuse(recognition=received)
        return _("The recommendation is refused. Its author is not told.")
    shown = answer == AnswerForm.SHOW
    recognise.accept(recognition=received, shown=shown, digest=digest)
    if shown and received.assertion is None:
        return _("The recommendation is shown on your profile, to those who see your profile.")
    if shown:
        return _("The recommendation is shown under your badge, to those who see the badge.")
    return _("The recommendation is accepted; nobody else reads it.")
