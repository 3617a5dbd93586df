from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access, serving
from accounts.files_page import files_context, places_of
from accounts.forms.files import PlaceForm, UploadForm
from accounts.http import MemberRequest
from accounts.services.files import delete as delete_kept
from accounts.services.files import keep_all
from passport.lib.http import see_other


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: MemberRequest) -> HttpResponse:
    """« Mes fichiers ». What is refused of several is said, the others are kept."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        kept, refused = keep_all(owner=request.user, uploads=form.cleaned_data["uploads"])
        if kept:
            messages.success(request, _kept_words(len(kept)))
        if not refused:
            return see_other("accounts:files")
        for sentence in refused:
            form.add_error("uploads", sentence)
    context = files_context(request.user, form, PlaceForm(request.GET).cursor)
    return render(request, "accounts/files.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    return serving.download(request, access.file_for_viewer(request.user, uid))


@login_not_required
@require_safe
def picture_file(request: HttpRequest, uid: UUID, side: int) -> HttpResponseBase:
    return serving.picture(request, access.file_for_viewer(request.user, uid), side)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_file(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Asks first, and says what will miss the file."""
    mine = access.own_file(request.user, uid)
    if request.method != "POST":
        return render(
            request, "accounts/delete_file.html", {"file": mine, "places": places_of([mine])[mine.pk]}
        )
    delete_kept(file=mine)
    messages.success(request, _("The file is deleted."))
    return see_other("accounts:files")


def _kept_words(count: int) -> str:
    return ngettext("%(count)s file is kept.", "%(count)s files are kept.", count) % {"count": count}
