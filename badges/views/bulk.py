"""« Modifier plusieurs badges »: choose, see what would change, change, and bring back."""

import time
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from badges.filters import MyBadges
from badges.forms_bulk import BulkForm
from badges.services.bulk import MOST, change_many, foresee, undo_many
from passport.lib.http import posted, see_other

UNDO = "badges-undo"
UNDO_SECONDS = 3_600


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """The badges of the search, with check boxes; then the preview; then it is done."""
    user = cast(User, request.user)
    filters = MyBadges(request.GET, user=user)
    offered = list(
        filters.search().select_related("badge_class__issuer", "version").order_by(*filters.order)[:MOST]
    )
    form = BulkForm(posted(request), offered=offered)
    context = {"filters": filters, "form": form, "badges": offered, "most": MOST}
    if request.method != "POST" or not form.is_valid():
        return render(request, "badges/bulk.html", context, status=422 if form.errors else 200)
    asked = {"holder": user, "uids": form.cleaned_data["badge"], "wish": form.wish}
    if not form.cleaned_data["sure"]:
        return render(request, "badges/bulk_preview.html", context | _foreseen(form, foresee(**asked)))
    done = change_many(**asked)
    if done.changed:
        request.session[UNDO] = {"at": time.time(), "kept": done.kept()}
    messages.success(request, _changed(done.changed))
    return see_other("badges:index")


@require_POST
def bulk_undo(request: HttpRequest) -> HttpResponse:
    """« Annuler »: what was changed last, in this browser, comes back. A second click finds nothing to bring back."""
    kept = request.session[UNDO]["kept"] if may_undo(request) else None
    request.session.pop(UNDO, None)
    number = undo_many(holder=cast(User, request.user), kept=kept) if kept else 0
    if number:
        words = ngettext("%(count)s badge is as before.", "%(count)s badges are as before.", number)
        messages.success(request, words % {"count": number})
    else:
        messages.error(request, _("There is nothing to bring back: these badges have changed since."))
    return see_other("badges:index")


def may_undo(request: HttpRequest) -> bool:
    """Whether something was changed a while ago, and not brought back."""
    last = request.session.get(UNDO)
    return last is not None and time.time() - last["at"] < UNDO_SECONDS


def _foreseen(form: BulkForm, done) -> dict:
    """The preview's words: which badges, by name."""
    names = {str(uid): assertion for uid, assertion in form.offered.items()}
    return {
        "done": done,
        "wish": form.wish,
        "shown": [names[uid] for uid, *_rest in done.shown],
        "tagged": [(names[uid], name) for uid, name in done.tagged],
        "untagged": [(names[uid], name) for uid, name in done.untagged],
        "refused": [(names[uid], why) for uid, why in done.refused],
    }


def _changed(number: int) -> str:
    words = ngettext("%(count)s badge was changed.", "%(count)s badges were changed.", number)
    return words % {"count": number}
