from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from notifications.forms import PreferencesForm
from notifications.http import MemberRequest
from notifications.services.choose import choose, paces_of
from passport.lib.http import posted, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: MemberRequest) -> HttpResponse:
    """What comes by mail, and how soon."""
    form = PreferencesForm(posted(request), paces=paces_of(request.user))
    if form.is_bound and form.is_valid():
        choose(person=request.user, paces=form.cleaned_data)
        messages.success(request, _("Your choices are saved."))
        return see_other("notifications:preferences")
    return render(
        request, "notifications/preferences.html", {"form": form}, status=422 if form.is_bound else 200
    )
