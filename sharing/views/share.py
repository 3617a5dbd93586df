from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from badges import access
from badges.announcements import visibility_change
from badges.enums import AssertionState
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services.show import show
from passport.lib.http import posted, see_other
from sharing.forms import ShareForm
from sharing.offer import offer


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The tab « Partager » of one’s badge: who sees it, then where to show it. Only what is public leaves."""
    assertion = access.own_badge(request.user, uid)
    if assertion.state != AssertionState.ACCEPTED:
        return redirect(assertion)
    form = ShareForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _save(request, assertion, form.cleaned_data)
    request.tab = "badges"  # type: ignore[attr-defined]
    shown = assertion.is_public and not assertion.is_revoked
    context = {
        "assertion": assertion,
        "subtab": "share",
        "form": form,
        "offer": offer(assertion) if shown else None,
    }
    return render(request, "sharing/share.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, assertion: Assertion, chosen: dict) -> HttpResponse:
    try:
        after = show(assertion=assertion, **chosen)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        visibility_change(request, before=assertion, after=after)
    return see_other("sharing:share", assertion.uid)
