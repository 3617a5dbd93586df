from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.profile import ProfileForm
from accounts.http import MemberRequest
from accounts.models import Profile
from accounts.services.profile import change
from accounts.settings_page import settings_context


@require_safe
def settings(request: MemberRequest) -> HttpResponse:
    """« Paramètres et vie privée »."""
    return render(request, "accounts/settings.html", settings_context(request))


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    """What a person tells of themself, and who sees it."""
    # Read apart from `request.user`: a form that is refused does not rename the person in the page's header.
    mine = Profile.objects.get(user=request.user)
    form = ProfileForm(request.POST or None, instance=mine)
    if request.method == "POST" and form.is_valid():
        change(profile=mine, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts:settings")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)
