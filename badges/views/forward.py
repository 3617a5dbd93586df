"""« Ce badge n'est pas pour moi »: from the link of the mail, or from one's own waiting badges."""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from badges import access
from badges.enums import AssertionState
from badges.exceptions import NotPossible
from badges.forms import ForwardForm
from badges.models import Assertion
from badges.services.forward import forward as forwarding
from badges.views.claim_page import claim_page
from passport.lib.http import confidential, posted, see_other


@require_http_methods(["GET", "HEAD", "POST"])
@claim_page
def claim_forward(request: HttpRequest, assertion, claim) -> HttpResponse:
    if assertion.state != AssertionState.PENDING:
        return see_other("badges:claim_badge", assertion.uid)
    return _page(request, assertion, steps="claim_") or see_other("badges:forwarded")


@require_http_methods(["GET", "HEAD", "POST"])
def forward(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A badge that waits at an address of the account that is open."""
    assertion = access.waiting_badge(request.user, uid)
    if page := _page(request, assertion):
        return confidential(page)
    messages.success(request, _("The badge has left for the address that you gave."))
    return confidential(see_other("badges:index"))


@login_not_required
@require_safe
def forwarded(request: HttpRequest) -> HttpResponse:
    """The link that led here is dead by now: this page knows neither the badge nor the address."""
    return render(request, "badges/forwarded.html")


def _page(request: HttpRequest, assertion: Assertion, *, steps: str = "") -> HttpResponse | None:
    """The form, with what is wrong; None when the badge has left."""
    # By award too: each refusal tells a little about the address that was tried.
    if request.method == "POST" and not ratelimit.consume(
        request, action="forward_badge", key=str(assertion.uid)
    ):
        return render(request, "429.html", status=429)
    form = ForwardForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            forwarding(assertion=assertion, address=form.cleaned_data["email"])
        except NotPossible as refusal:
            form.add_error("email", str(refusal))
        else:
            return None
    context = {
        "assertion": assertion,
        "form": form,
        "decline_url": resolve_url(f"badges:{steps}decline", assertion.uid),
        "back_url": resolve_url(f"badges:{steps}badge", assertion.uid),
    }
    return render(request, "badges/forward.html", context, status=422 if form.errors else 200)
