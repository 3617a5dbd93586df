from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Profile
from badges.enums import Visibility
from connections.relations import relation
from connections.skills_shown import skills
from sharing import access, profile_page
from sharing.forms import ProfileQuery


@login_not_required
@require_safe
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    """A person: what they tell of themself, and the badges and pages that the viewer may see."""
    person = access.profile_for_viewer(request.user, handle)
    query = ProfileQuery(request.GET)
    between = relation(request.user, person)
    level = profile_page.level_for(person, request.user, query, between)
    is_owner = person.user_id == request.user.pk
    context: dict[str, Any] = {
        "profile": person,
        "relation": between,
        "bar": is_owner,
        "seen_as": query.value("vue") if is_owner else "",
        "is_owner": is_owner and not query.level,
    }
    if context["seen_as"] and not profile_page.opens_to(person, level):
        return render(request, "sharing/profile_unseen.html", context)
    context |= profile_page.look(person, level, query)
    context["skills"] = skills(person, request.user, profile_page.anybody(level))
    return _answer(request, person, context)


def _answer(request: HttpRequest, person: Profile, context: dict) -> HttpResponse:
    """Of a public profile networks may know; search engines only if its owner has said so."""
    is_indexed = person.is_indexed and person.visibility == Visibility.PUBLIC
    if person.visibility == Visibility.PUBLIC:
        context["page_url"] = profile_page.address(person)
        context["og_picture"] = profile_page.picture_address(person)
    if is_indexed:
        context["structured"] = profile_page.structured(person, context["links"])
    response = render(request, "sharing/profile.html", context)
    if is_indexed and not request.GET:
        response.headers["X-Robots-Tag"] = "all"
    return response
