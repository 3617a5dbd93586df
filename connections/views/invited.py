"""The one page of somebody without account who was asked for a recommendation. Its link is the whole right."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from badges.exceptions import NotPossible
from connections import access
from connections.enums import RecognitionState
from connections.models import Recognition, RecognitionRequest, RecognitionStop
from connections.recognition_forms import InvitedForm
from connections.services import ask, recognise
from passport.lib.http import confidential, posted, see_other

View = Callable[[HttpRequest, RecognitionRequest, str], HttpResponse]


def _by_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Opens the request of a link; nothing of its address stays in a Referer, a cache or a log."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            put = access.request_by_token(token)
        except Http404:  # here, or Django would log the address
            return confidential(render(request, "404.html", status=404))
        return confidential(view(request, put, token))

    return opened


@require_http_methods(["GET", "HEAD", "POST"])
@_by_link
def invited(request: HttpRequest, put: RecognitionRequest, token: str) -> HttpResponse:
    """The badge as its holder shows it by asking, a form; afterwards what was written, and its state."""
    form = InvitedForm(posted(request))
    if request.method == "POST" and access.is_sound(put) and form.is_valid():
        try:
            recognise.write_invited(request=put, **form.cleaned_data)
        except NotPossible as refusal:
            messages.error(request, str(refusal))
        return see_other("recognition:invited", token)
    return _page(request, put, token, form)


@require_POST
@_by_link
def decline_invited(request: HttpRequest, put: RecognitionRequest, token: str) -> HttpResponse:
    ask.decline(request=put)
    return see_other("recognition:invited", token)


@require_POST
@_by_link
def withdraw_invited(request: HttpRequest, put: RecognitionRequest, token: str) -> HttpResponse:
    written = Recognition.objects.filter(request=put).first()
    if written:
        recognise.withdraw(recognition=written)
        messages.success(request, _("Your recommendation is withdrawn."))
    return see_other("recognition:invited", token)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@_by_link
def stop(request: HttpRequest, put: RecognitionRequest, token: str) -> HttpResponse:
    """« Ne plus recevoir ». Scanners open links: only the button stops anything.

    A POST is answered with the page itself: mailboxes follow no redirect (RFC 8058, section 3.1).
    """
    if request.method == "POST":
        ask.stop(address=put.address)
    return _stop_page(request, put, token)


@require_POST
@_by_link
def resume(request: HttpRequest, put: RecognitionRequest, token: str) -> HttpResponse:
    ask.resume(address=put.address)
    return _stop_page(request, put, token)


def _stop_page(request: HttpRequest, put: RecognitionRequest, token: str) -> HttpResponse:
    context = {"stopped": RecognitionStop.objects.holds(put.address), "token": token}
    return render(request, "connections/stop.html", context)


def _page(request: HttpRequest, put: RecognitionRequest, token: str, form: InvitedForm) -> HttpResponse:
    """What was withdrawn, by the holder or with the badge, shows nothing of it any more: 410."""
    if not access.is_sound(put):
        return render(request, "connections/invited_gone.html", {"token": token}, status=410)
    written = Recognition.objects.filter(request=put).first()
    # A refusal is not told: until the last day what was refused looks like what waits, and afterwards too.
    accepted = written is not None and written.state == RecognitionState.ACCEPTED
    shows_badge = put.is_open or accepted or (written is not None and not put.is_over)
    context = {"put": put, "assertion": put.assertion, "token": token, "form": form, "written": written}
    context["shows_badge"] = shows_badge
    over = put.is_over and written is None
    return render(
        request, "connections/invited.html", context, status=410 if over else 422 if form.errors else 200
    )
