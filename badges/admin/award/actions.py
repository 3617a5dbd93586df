"""Actions on the awards that are ticked in the list, or on all that its filters found: each asks first."""

from collections import Counter
from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from badges.admin.award.forms import (
    AskForm,
    ExpireSelected,
    ReissueSelected,
    RemindSelected,
    RevokeSelected,
    selection,
)
from badges.enums import RevocationReason
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services.expire import expire
from badges.services.reissue import reissue
from badges.services.remind import remind
from badges.services.revoke import revoke_many

SHOWN = 20
# One by one, and each with a mail: more would keep a browser waiting.
MOST = 1_000

Awards = QuerySet[Assertion]


def remind_selected(model_admin, request: HttpRequest, queryset: Awards) -> HttpResponse | None:
    # Read afresh: the changelist's own joins and order are of no use to a lock.
    awards = Assertion.objects.filter(pk__in=queryset.order_by().values("pk"))
    form = _asked(RemindSelected, request)
    if not form.is_valid():
        counts = awards.reminder_obstacles(timezone.now())
        told = awards.to_remind(timezone.now())
        return _ask(model_admin, request, form, told, left=awards.count() - counts.get("", 0))
    count = remind(assertions=awards, by=_by(request))
    said = ngettext("%(count)s reminder is queued.", "%(count)s reminders are queued.", count)
    messages.success(request, said % {"count": count})
    return None


def revoke_selected(model_admin, request: HttpRequest, queryset: Awards) -> HttpResponse | None:
    awards = Assertion.objects.filter(pk__in=queryset.order_by().values("pk"))
    form = _asked(RevokeSelected, request)
    if not form.is_valid():
        return _ask(model_admin, request, form, awards.filter(revoked_at=None))
    reason = RevocationReason(form.cleaned_data["reason"])
    count = revoke_many(assertions=awards, reason=reason, by=_by(request))
    said = ngettext("%(count)s award was revoked.", "%(count)s awards were revoked.", count)
    messages.success(request, said % {"count": count})
    return None


def expire_selected(model_admin, request: HttpRequest, queryset: Awards) -> HttpResponse | None:
    form = _asked(ExpireSelected, request)
    if not form.is_valid():
        return _ask(model_admin, request, form, queryset.filter(revoked_at=None))
    by, end = _by(request), form.cleaned_data["last_day"]
    _each(request, queryset, lambda award: expire(assertion=award, at=end, by=by))
    return None


def reissue_selected(model_admin, request: HttpRequest, queryset: Awards) -> HttpResponse | None:
    form = _asked(ReissueSelected, request)
    if not form.is_valid():
        return _ask(model_admin, request, form, queryset)
    by = _by(request)
    _each(request, queryset, lambda award: reissue(assertion=award, by=by))
    return None


def _each(request: HttpRequest, awards: Awards, act: Callable[[Assertion], object]) -> None:
    """Each in a transaction of its own; what is refused is told, with how many there are of each reason."""
    if awards.count() > MOST:
        messages.error(request, _("Choose at most %(most)s awards at once.") % {"most": MOST})
        return
    done, refused = 0, Counter[str]()
    for award in awards.order_by("badge_class_id", "pk"):
        try:
            act(award)
            done += 1
        except NotPossible as refusal:
            refused[str(refusal)] += 1
    said = ngettext("%(count)s award was changed.", "%(count)s awards were changed.", done)
    messages.success(request, said % {"count": done})
    for sentence, count in refused.items():
        left = ngettext(
            "%(count)s was left as it is: %(why)s", "%(count)s were left as they are: %(why)s", count
        )
        messages.warning(request, left % {"count": count, "why": sentence})


def _asked(form: type[AskForm], request: HttpRequest) -> AskForm:
    """Bound once its page was sent; the click on the list only names the action."""
    first = form(request.POST)
    return first if first.was_sent() else form()


def _ask(
    model_admin, request: HttpRequest, form: AskForm, awards: Awards, *, left: int = 0
) -> TemplateResponse:
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": form.title,
        "form": form,
        "count": awards.count(),
        "left": left,
        "shown": awards.select_related("badge_class")[:SHOWN],
        "selection": selection(request),
    }
    return TemplateResponse(request, "admin/badges/award/ask.html", context)


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)
