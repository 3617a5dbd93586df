from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.exceptions import FileRefused, HandleTaken
from accounts.forms.links import LinksForm
from accounts.forms.picture import PictureForm
from accounts.forms.profile import ProfileForm
from accounts.http import MemberRequest
from accounts.models import Profile
from accounts.services.picture import remove_picture, set_picture
from accounts.services.profile import change, set_links
from passport.lib.http import posted, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    """What a person tells of themself, and who sees it."""
    mine = _profile(request)
    form = ProfileForm(posted(request), instance=mine)
    if request.method == "POST" and form.is_valid():
        try:
            change(profile=mine, **form.cleaned_data)
        except HandleTaken as refusal:
            form.add_error("handle", str(refusal))
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("accounts:settings")
    context = {"form": form, "profile": request.user.profile, "subtab": "profile"}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: MemberRequest) -> HttpResponse:
    """The picture of one's profile. Its page has nothing else: no browser keeps a file that was chosen."""
    mine = _profile(request)
    form = PictureForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _picture(request, mine, form.cleaned_data["picture"])
        except FileRefused as refusal:
            form.add_error("picture", str(refusal))
        else:
            return see_other("accounts:profile_picture")
    context = {"form": form, "profile": mine, "subtab": "picture"}
    return render(request, "accounts/profile_picture.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: MemberRequest) -> HttpResponse:
    """The links of one's profile. Every button keeps what is written."""
    mine = _profile(request)
    form = LinksForm(mine, posted(request))
    if request.method == "POST" and form.is_valid():
        set_links(profile=mine, links=form.links)
        messages.success(request, _("Your links are saved."))
        return see_other("accounts:profile_links")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "profile": mine, "subtab": "links"}
    return render(request, "accounts/profile_links.html", context, status=status)


def _picture(request: MemberRequest, mine: Profile, given: UploadedFile | None) -> None:
    if given:
        set_picture(profile=mine, upload=given)
        messages.success(request, _("The picture is on your profile."))
    else:
        remove_picture(profile=mine)
        messages.success(request, _("The picture is deleted."))


def _profile(request: MemberRequest) -> Profile:
    """Read apart from `request.user`: a form that is refused does not rename the person in the page's header."""
    return Profile.objects.select_related("picture").get(user=request.user)
