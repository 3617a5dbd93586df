from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from badges.forms_bulk import ChosenBadges
from badges.models import Assertion
from badges.services import accept_all as accepting
from badges.services.bulk import MOST
from passport.lib.http import posted, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def accept_all(request: HttpRequest) -> HttpResponse:
    """« Tout accepter »: what waits, in one list. What is accepted is private; the holder publishes it themself."""
    user = cast(User, request.user)
    waiting = Assertion.objects.pending_for(user).select_related("badge_class__issuer")
    offered = list(waiting.order_by("-issued_at", "-id")[:MOST])
    form = ChosenBadges(posted(request), offered=offered)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "badges": offered}
        return render(request, "badges/accept_all.html", context, status=422 if form.errors else 200)
    _say(request, accepting.accept_all(assertions=form.chosen, holder=user))
    return see_other("badges:index")


def _say(request: HttpRequest, outcome: accepting.Outcome) -> None:
    if number := len(outcome.accepted):
        words = ngettext(
            "%(count)s badge is yours, and private.", "%(count)s badges are yours, and private.", number
        )
        messages.success(request, words % {"count": number})
    for assertion, why in outcome.refused:
        messages.error(request, f"{assertion.badge_class.name}\u00a0: {why}")
