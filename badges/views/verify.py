"""« Vérifier un badge »: anybody gives a badge and reads what is known of it. Nothing of it is kept."""

import logging

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from badges.exceptions import NotPossible
from badges.forms_verify import AskedForm, VerifyForm
from badges.sealing import SecretLost
from badges.verification import verifier
from badges.verification.turns import Busy
from badges.verification.verifier import Verified

logger = logging.getLogger(__name__)

LIMIT = "verify_badge"
# Where the links of a report lead learns nothing of who has verified what. With « no-referrer » browsers hide where a
# POST comes from, and the form would be refused.
REFERRER = "same-origin"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """A link may fill in the form; only its button verifies, so that no link makes this site ask another."""
    if request.method != "POST":
        return _page(request, VerifyForm(initial={"text": AskedForm(request.GET).text}))
    form = VerifyForm(request.POST, request.FILES)
    if not ratelimit.consume(request, action=LIMIT):
        form.add_error(None, _("Many badges were verified from here. Try again in a minute."))
        return _page(request, form, status=429)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        verified = verifier.verify(form.given, viewer=request.user, recipient=form.cleaned_data["recipient"])
    except (SecretLost, Busy) as trouble:
        form.add_error(None, _not_now(trouble))
        return _page(request, form, status=503)
    except NotPossible as refusal:
        form.add_error("text", str(refusal))
        return _page(request, form, status=422)
    return _page(request, form, verified, status=200 if verified.is_read else 422)


def _not_now(trouble: SecretLost | Busy) -> str:
    """What is lost is for the keepers of this site to know."""
    if isinstance(trouble, Busy):
        return _("Many badges are being verified at this moment. Try again in a minute.")
    logger.error("verifier: %s", trouble)
    return _("This site cannot sign at the moment. Ask again later.")


def _page(
    request: HttpRequest, form: VerifyForm, verified: Verified | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "verified": verified}
    response = render(request, "badges/verify.html", context, status=status)
    response.headers["Referrer-Policy"] = REFERRER
    if status in (429, 503):
        response.headers["Retry-After"] = "60"
    return response
