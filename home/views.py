from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import MemberRequest
from accounts.services.hints import put_away
from badges.models import Assertion, BadgeClass
from connections.feed import feed
from home.card import card
from home.hints import NAMES, hints
from passport.lib.http import see_other
from passport.lib.search import PageForm

WAITING = 6
NEWS = 4


@login_not_required
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """What this site is, for those who are not signed in."""
    if request.user.is_authenticated:
        return redirect("home:home")
    return render(request, "home/welcome.html", {"news": _newest()})


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """ACCUEIL: the badges that wait first, then what is new from what one follows, or else what there is to follow."""
    form = PageForm(request.GET)
    after = form.value("apres")
    news, passport = feed(request.user, after), card(request.user)
    waiting = Assertion.objects.pending_for(request.user).select_related("badge_class__issuer")
    context = {
        "waiting": waiting.order_by("-issued_at", "-id")[:WAITING],
        "card": passport,
        "hints": hints(passport),
        "feed": news,
        "after": after,
        "older_url": form.address(apres=news.older) if news.older else "",
        "newest": () if news.lines or after else _newest(),
    }
    return render(request, "home/home.html", context)


@require_POST
def put_hint_away(request: MemberRequest, slug: str) -> HttpResponse:
    if slug not in NAMES:
        raise Http404
    put_away(user=request.user, hint=slug)
    messages.success(request, _("This hint will not be shown again."))
    return see_other("home:home")


def _newest() -> QuerySet[BadgeClass]:
    badges = BadgeClass.objects.published().here().select_related("issuer")
    return badges.order_by("-published_at", "-id")[:NEWS]
