"""« Réglages » of a badge: its holder's own words, and putting it away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from badges import access
from badges.models import BadgeTag
from badges.own_words import OwnWordsForm
from badges.services import own
from passport.lib.http import posted, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, uid: UUID) -> HttpResponse:
    assertion = access.badge_for_holder(request.user, uid)
    tags = [tag.name for tag in assertion.tags.all()]
    form = OwnWordsForm(posted(request), initial={"tags": tags, "note": assertion.note})
    if request.method == "POST" and form.is_valid():
        own.describe(assertion=assertion, **form.cleaned_data)
        messages.success(request, _("Your tags and your note are saved."))
        return see_other("badges:settings", uid)
    others = BadgeTag.objects.of(request.user).words()
    context = {"assertion": assertion, "subtab": "settings", "form": form, "words": others}
    return render(request, "badges/settings.html", context, status=422 if form.errors else 200)


@require_POST
def archive(request: HttpRequest, uid: UUID) -> HttpResponse:
    own.archive(assertion=access.badge_for_holder(request.user, uid))
    messages.success(request, _("The badge is put away. Those who could see it still can."))
    return see_other("badges:settings", uid)


@require_POST
def restore(request: HttpRequest, uid: UUID) -> HttpResponse:
    own.restore(assertion=access.badge_for_holder(request.user, uid))
    messages.success(request, _("The badge is back among your badges."))
    return see_other("badges:settings", uid)
