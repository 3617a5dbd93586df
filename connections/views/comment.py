from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import MemberRequest
from badges import access
from badges.models import BadgeClass
from connections.access import own_comment
from connections.forms import CommentForm
from connections.services import comment as commenting


@require_POST
def comment(request: MemberRequest, slug: str) -> HttpResponse:
    """Publishes a comment; one that cannot be is shown again with what to change, nothing lost."""
    badge_class = access.badge_class_in_gallery(slug)
    form = CommentForm(request.POST, author=request.user)
    if not form.is_valid():
        context = {"badge_class": badge_class, "form": form}
        return render(request, "connections/comment.html", context, status=422)
    commenting.comment(author=request.user, badge_class=badge_class, text=form.cleaned_data["text"])
    messages.success(request, _("Your comment is published."))
    return _back(badge_class)


@require_POST
def delete_comment(request: MemberRequest, uid: UUID) -> HttpResponse:
    mine = own_comment(request.user, uid)
    commenting.withdraw(comment=mine)
    messages.success(request, _("Your comment is deleted."))
    return _back(mine.badge_class)


def _back(badge_class: BadgeClass) -> HttpResponse:
    return redirect(f"{badge_class.get_absolute_url()}#commentaires")
