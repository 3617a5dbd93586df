from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from badges.models import Assertion, BadgeClass

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
def home(request: HttpRequest) -> HttpResponse:
    """ACCUEIL: the badges that wait first, then what is new."""
    waiting = Assertion.objects.pending_for(request.user).select_related("badge_class__issuer")
    context = {
        "waiting": waiting.order_by("-issued_at", "-id")[:WAITING],
        "counts": Assertion.objects.held_by(request.user).visibility_counts(),
        "news": _newest(),
    }
    return render(request, "home/home.html", context)


def _newest():
    return (
        BadgeClass.objects.published().here().select_related("issuer").order_by("-published_at", "-id")[:NEWS]
    )
