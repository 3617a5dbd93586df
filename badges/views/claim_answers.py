"""What a claim can answer without an account, or with the one that is open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.services.consent import statement_in_force, statement_to_accept
from badges import access, claims
from badges.enums import AssertionState
from badges.exceptions import NotPossible
from badges.services.claim_account import adopt
from badges.services.decline import decline, undo
from badges.services.links import send_waiting_links
from badges.views.claim_page import claim_page
from passport.lib.http import confidential, see_other


@require_http_methods(["GET", "HEAD", "POST"])
@claim_page
def claim_decline(request: HttpRequest, assertion, claim) -> HttpResponse:
    """« Je ne veux pas recevoir ce badge ». The link asks; the button declines."""
    if request.method == "POST":
        return _do(request, assertion, decline)
    if assertion.state == AssertionState.DECLINED:
        return see_other("badges:claim_badge", assertion.uid)
    return render(request, "badges/claim_decline.html", {"assertion": assertion})


@require_POST
@claim_page
def claim_opened(request: HttpRequest, assertion, claim) -> HttpResponse:
    """The page's own script says that a browser shows it; `claim_page` notes it, as for any form."""
    return HttpResponse(status=204)


@require_POST
@claim_page
def claim_undo(request: HttpRequest, assertion, claim) -> HttpResponse:
    return _do(request, assertion, undo)


def _do(request: HttpRequest, assertion, act) -> HttpResponse:
    try:
        act(assertion=assertion)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return see_other("badges:claim_badge", assertion.uid)


@require_POST
@claim_page
def claim_adopt(request: HttpRequest, assertion, claim) -> HttpResponse:
    """« Ajouter cette adresse à mon compte et accepter »."""
    if request.user.is_anonymous:
        return see_other("badges:claim_badge", assertion.uid)
    statement = statement_in_force()
    accepted = statement if claim.accepted(statement) else None
    if accepted is None and statement_to_accept(request.user):
        back = resolve_url("badges:claim_badge", assertion.uid)
        return see_other(f"{resolve_url('accounts:consent')}?{urlencode({'next': back})}")
    try:
        adopt(assertion=assertion, holder=request.user, document=accepted)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return see_other("badges:claim_badge", assertion.uid)
    messages.success(request, _("The badge is yours."))
    response = see_other("badges:visibility", assertion.uid)
    claims.drop_cookie(response, assertion)
    return response


@require_POST
@login_not_required
def claim_renew(request: HttpRequest, uid) -> HttpResponse:
    """A new link for one that has expired, to the same address and nowhere else."""
    try:
        assertion, _claim = access.claimed(request, uid)
    except Http404:
        return confidential(render(request, "badges/claim_reopen.html", status=403))
    send_waiting_links(address=assertion.recipient_address)
    messages.success(
        request, _("If badges were sent to this address, you will receive an e-mail in a few minutes.")
    )
    return confidential(see_other("badges:find"))
