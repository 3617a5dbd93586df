from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.enums import Visibility
from accounts.models import Profile
from badges.models import Assertion
from badges.querysets import level_of
from passport.lib import keyset
from passport.lib.iso3166 import country_name
from passport.lib.urls import absolute
from sharing import access
from sharing.forms import PageForm

ORDER = ("-accepted_at", "-id")


@login_not_required
@require_safe
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    """A person: what they tell of themself, and the badges that the viewer may see; the owner sees what others do."""
    person = access.profile_for_viewer(request.user, handle)
    is_owner = person.user_id == request.user.pk
    held = Assertion.objects.held_by(person.user)
    badges = held.shown_to(_widest(person) if is_owner else level_of(request.user))
    page = keyset.page(
        badges.select_related("badge_class__issuer", "version"),
        order=ORDER,
        size=settings.BADGES_PER_PAGE,
        cursor=PageForm(request.GET).cursor,
    )
    context = {
        "profile": person,
        "country": country_name(person.country) if person.country else "",
        "is_owner": is_owner,
        "page": page,
        "count": badges.count(),
        "previous_url": _address(page.previous),
        "next_url": _address(page.following),
        "page_url": absolute(request.path) if person.visibility == Visibility.PUBLIC else "",
    }
    return render(request, "sharing/profile.html", context)


def _widest(person: Profile) -> Visibility:
    """The largest audience of a profile: what it can find there is what its owner should see."""
    return Visibility.PUBLIC if person.visibility == Visibility.PUBLIC else Visibility.MEMBERS


def _address(cursor: str) -> str:
    return f"?{urlencode({'suite': cursor})}" if cursor else ""
