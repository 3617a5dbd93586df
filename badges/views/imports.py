"""« Importer un badge »: what is given is read and looked at; then it is kept, or discarded."""

from typing import cast
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from badges import access
from badges.exceptions import NotPossible
from badges.forms_import import DraftForm, ImportForm
from badges.services.imports import keep as keeping
from badges.services.imports.drop import drop
from badges.services.imports.read import read
from badges.services.imports.recheck import recheck_now
from badges.services.imports.waiting import waiting
from badges.verification import shown
from passport.lib.http import posted, see_other

LIMIT = "import_badge"


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The form, and below it the drafts. What cannot be read is said beside its field; the rest becomes drafts."""
    user = cast(User, request.user)
    form = ImportForm(posted(request), request.FILES or None)
    if request.method == "POST" and not ratelimit.consume(request, action=LIMIT):
        return render(request, "429.html", status=429)
    if request.method == "POST" and form.is_valid():
        form.tell(read(given=form.cleaned_data["given"], user=user).troubles)
        if not form.errors:
            return see_other("badges:imports")
    drafts = waiting(user)
    several = sum(draft.standing.may_keep for draft in drafts) > 1
    context = {"form": form, "waiting": drafts, "several": several}
    return render(request, "badges/imports.html", context, status=422 if form.errors else 200)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    draft = DraftForm(request.POST, user=user).chosen
    if draft is None:
        messages.error(request, _gone())
        return see_other("badges:imports")
    try:
        assertion = keeping.keep(draft=draft, holder=user)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return see_other("badges:imports")
    messages.success(request, _("The badge is yours, and private."))
    more = user.import_drafts.exists()
    return see_other("badges:imports") if more else see_other("badges:badge", assertion.uid)


@require_POST
def keep_all(request: HttpRequest) -> HttpResponse:
    done = keeping.keep_all(user=cast(User, request.user))
    said = ngettext(
        "%(count)s badge is in your passport, private.",
        "%(count)s badges are in your passport, private.",
        done.kept,
    )
    messages.success(request, said % {"count": done.kept})
    if done.left:
        messages.warning(request, _("Others still wait: look at them below."))
    return see_other("badges:imports" if done.left else "badges:index")


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    draft = DraftForm(request.POST, user=cast(User, request.user)).chosen
    if draft is None:
        messages.error(request, _gone())
    else:
        drop(draft=draft)
        messages.success(request, _("The badge is discarded."))
    return see_other("badges:imports")


@require_POST
def recheck(request: HttpRequest, uid: UUID) -> HttpResponse:
    """« Vérifier à nouveau », by the holder of an imported badge."""
    imported = access.imported_badge(request.user, uid)
    if not ratelimit.consume(request, action=LIMIT):
        return render(request, "429.html", status=429)
    try:
        verified = recheck_now(imported=imported)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Verified again: %(verdict)s.") % {"verdict": shown.word(verified.verdict)}
        )
    return see_other("badges:badge", uid)


def _gone() -> str:
    return _("This badge waits no more: it was kept or discarded.")
