"""« Connexions »: what one follows, who follows, whom one could follow. Each list is its owner's alone."""

from collections.abc import Mapping

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import MemberRequest
from connections import lists
from connections.filters import NameFilters
from connections.models import Block, PersonFollow
from connections.suggestions import suggestions as suggested
from passport.lib.listing import Listing, counted, listing


@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """« Personnes »: whom one follows, then whom one has asked."""
    filters = NameFilters(request.GET)
    user, name = request.user, filters.value("nom")
    asked = PersonFollow.objects.asked_by(user).visible_to(user).whose_followed_is_named(name)
    rows = lists.people(user).whose_followed_is_named(name).select_related("followed__profile__picture")
    beside = {
        "asked": _page(
            asked.select_related("followed__profile__picture"), filters, lists.BY_FOLLOWED, "suite"
        )
    }
    return _list(request, "connections/people.html", filters, rows, lists.BY_FOLLOWED, beside=beside)


@require_safe
def badges(request: MemberRequest) -> HttpResponse:
    filters = NameFilters(request.GET)
    rows = lists.badges(request.user).named(filters.value("nom"))
    return _list(
        request,
        "connections/badges.html",
        filters,
        rows,
        ("-created_at", "-id"),
        size=settings.BADGES_PER_PAGE,
    )


@require_safe
def issuers(request: MemberRequest) -> HttpResponse:
    filters = NameFilters(request.GET)
    rows = lists.issuers(request.user).named(filters.value("nom")).with_badge_counts()
    return _list(request, "connections/issuers.html", filters, rows, ("issuer__folded_name", "id"))


@require_safe
def followers(request: MemberRequest) -> HttpResponse:
    """« Abonnés »: the questions that wait for an answer, then who follows."""
    filters = NameFilters(request.GET)
    user, name = request.user, filters.value("nom")
    waiting = PersonFollow.objects.waiting_for(user).whose_follower_is_named(name).with_open_followers(user)
    rows = lists.followers(user).whose_follower_is_named(name).with_open_followers(user)
    beside = {"waiting": _page(waiting, filters, lists.BY_FOLLOWER, "suite")}
    return _list(request, "connections/followers.html", filters, rows, lists.BY_FOLLOWER, beside=beside)


@require_safe
def suggestions(request: MemberRequest) -> HttpResponse:
    filters = NameFilters(request.GET)
    context = {
        "counts": lists.counts(request.user),
        "filters": filters,
        "suggestions": suggested(request.user, filters.value("nom")),
    }
    return render(request, "connections/suggestions.html", context)


@require_safe
def set_aside(request: MemberRequest) -> HttpResponse:
    """Whom one has blocked, and whose question one has refused: to change one's mind."""
    filters = NameFilters(request.GET)
    blocked = Block.objects.of(request.user).select_related("blocked")
    refused = PersonFollow.objects.refused_by(request.user).with_open_followers(request.user)
    context = {
        "blocked": _page(blocked, filters, ("-created_at", "-id"), "apres"),
        "refused": _page(refused, filters, lists.BY_FOLLOWER, "suite"),
    }
    return render(request, "connections/set_aside.html", context)


def _list(
    request: MemberRequest,
    template: str,
    filters: NameFilters,
    rows: QuerySet,
    order: tuple[str, ...],
    *,
    size: int = 0,
    beside: Mapping[str, Listing] | None = None,
) -> HttpResponse:
    context = {
        "counts": lists.counts(request.user),
        "filters": filters,
        "found": counted(rows) if filters.active else None,
        "page": _page(rows, filters, order, "apres", size),
        **(beside or {}),
    }
    return render(request, template, context)


def _page(rows: QuerySet, filters: NameFilters, order: tuple[str, ...], by: str, size: int = 0) -> Listing:
    return listing(rows, filters, order=order, size=size or settings.RECIPIENTS_PER_PAGE, by=by)
