"""What every page of a claim has in common: who may open it, what it answers when it is too late, its headers."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from badges import access, claims, gone
from badges.models import Assertion
from badges.services.opened import mark_opened
from passport.lib.http import confidential, see_other

ClaimView = Callable[[HttpRequest, Assertion, claims.Claim], HttpResponse]


def claim_page(view: ClaimView) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A public page for whoever opened the claim link in this browser; `view` gets the award and the claim.

    Without the cookie it is 403, for a uid that does not exist too: the page exists, this browser has not shown that
    it opened the mail, and the person can mend that.
    """

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, uid: UUID) -> HttpResponse:
        try:
            assertion, claim = access.claimed(request, uid)
        except Http404:
            return confidential(_without_claim(request, uid))
        why = gone.reason(assertion, claim.generation)
        if request.method == "POST" and not why:
            mark_opened(assertion=assertion)
        return confidential(too_late(request, assertion, why) if why else view(request, assertion, claim))

    return opened


def _without_claim(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The person to whom the badge belongs needs no claim; anybody else opens the mail again."""
    if request.user.is_authenticated and Assertion.objects.of(request.user).filter(uid=uid).exists():
        return see_other("badges:badge", uid)
    return render(request, "badges/claim_reopen.html", status=403)


def too_late(request: HttpRequest, assertion: Assertion, why: gone.Gone) -> HttpResponse:
    """410 and an explanation that names nobody; the holder, and whoever proved the address, go on to the badge."""
    if is_theirs(request, assertion):
        return see_other("badges:badge", assertion.uid)
    return render(request, "badges/claim_gone.html", {"assertion": assertion, "why": why}, status=410)


def is_theirs(request: HttpRequest, assertion: Assertion) -> bool:
    """Whether the person who is signed in holds the award or has proved the address that it was sent to."""
    return (
        request.user.is_authenticated and Assertion.objects.of(request.user).filter(pk=assertion.pk).exists()
    )
