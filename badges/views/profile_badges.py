from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from accounts.http import MemberRequest
from badges.enums import Visibility
from badges.forms_arrange import ArrangeForm
from badges.models import Assertion
from badges.querysets import PROFILE_ORDER
from badges.services.arrange import arrange, show_on_profile
from passport.lib.http import posted, see_other

# As many as a person would move one by one; the others follow them.
MOST = 200


class ArrangeRequest(MemberRequest):
    htmx: HtmxDetails


@require_http_methods(["GET", "HEAD", "POST"])
def profile_badges(request: ArrangeRequest) -> HttpResponse:
    """« Badges de mon profil »: those that others may see, their order, and which stand there."""
    held = Assertion.objects.held_by(request.user)
    shown = held.shown_to(Visibility.MEMBERS)
    badges = list(shown.select_related("badge_class__issuer", "version").order_by(*PROFILE_ORDER)[:MOST])
    form = ArrangeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        _arrange(request, form, badges)
        if request.htmx:
            return render(request, "badges/_arranged.html")
        return see_other(
            f"{reverse('badges:profile_badges')}{f'#badge-{form.target}' if form.target else ''}"
        )
    context = {
        "profile": request.user.profile,
        "subtab": "badges",
        "badges": badges,
        "total": shown.count(),
        "private": held.shown_as(Visibility.PRIVATE).filter(revoked_at=None).count(),
    }
    return render(request, "badges/profile_badges.html", context, status=422 if form.errors else 200)


def _arrange(request: MemberRequest, form: ArrangeForm, badges: list[Assertion]) -> None:
    if form.asked in {"show", "hide"}:
        chosen = [badge for badge in badges if str(badge.uid) == form.target]
        show_on_profile(assertions=chosen, shown=form.asked == "show")
    if form.asked not in {"show", "hide"} or form.cleaned_data["order"]:
        arrange(holder=request.user, uids=form.arranged(badges))
