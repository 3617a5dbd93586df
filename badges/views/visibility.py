from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from badges import access
from badges.announcements import visibility_change
from badges.enums import Visibility
from badges.exceptions import NotPossible
from badges.forms import VisibilityForm
from badges.models import Assertion
from badges.services.show import show
from passport.lib.http import posted, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def visibility(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The window « Visibilité du badge ». Closing it leaves the badge as it is."""
    assertion = access.badge_for_holder(request.user, uid)
    if assertion.is_revoked:
        return see_other("badges:badge", uid)
    initial = {"visibility": assertion.visibility, "unlisted": not assertion.name_listed}
    form = VisibilityForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        return _save(request, assertion, form.cleaned_data)
    context = {"assertion": assertion, "subtab": "badge", "form": form, "in_dialog": True}
    return render(request, "badges/visibility.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, assertion: Assertion, chosen: dict) -> HttpResponse:
    try:
        after = show(
            assertion=assertion,
            visibility=Visibility(chosen["visibility"]),
            name_listed=not chosen["unlisted"],
        )
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return see_other("badges:badge", assertion.uid)
    visibility_change(request, before=assertion, after=after)
    private = after.visibility == Visibility.PRIVATE
    return see_other("badges:badge" if private else "sharing:share", assertion.uid)
