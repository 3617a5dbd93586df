from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from badges import access
from badges.querysets import level_of
from connections.forms import CommentForm
from connections.models import BadgeFollow, Comment
from gallery import lists
from gallery.filters import RecipientFilters
from passport.lib.listing import counted, listing

COMMENTS_PER_PAGE = 20


@login_not_required
@require_safe
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """A badge of the gallery: what it is, who has it and shows it, what people say of it."""
    badge_class = access.badge_class_in_gallery(slug)
    level = level_of(request.user)
    search = RecipientFilters(request.GET)
    found = search.search(lists.recipients(badge_class).listed_to(level))
    recipients = listing(found, search, order=("folded_name", "id"), size=settings.RECIPIENTS_PER_PAGE)
    said = Comment.objects.about(badge_class).readable_by(request.user)
    comments = listing(said, search, order=("-created_at", "-id"), size=COMMENTS_PER_PAGE, by="suite")
    context = {
        "badge_class": badge_class,
        "level": level,
        "search": search,
        "recipients": recipients,
        "people": lists.people(recipients.rows, request.user),
        "found": counted(found) if search.active else None,
        "follows": BadgeFollow.objects.of(request.user).filter(badge_class=badge_class).exists(),
        "comments": comments,
        "comment_count": said.count(),
        "form": CommentForm(author=request.user),
    }
    return render(request, "gallery/badge.html", context)


@login_not_required
@require_safe
def criteria(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "gallery/criteria.html", {"badge_class": access.badge_class_in_gallery(slug)})
