from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from badges.models import BadgeClass
from connections.models import Comment
from connections.querysets import CommentQuerySet

SAME_CLICK = timedelta(minutes=1)


@transaction.atomic
def comment(*, author: User, badge_class: BadgeClass, text: str) -> Comment:
    """Publishes a comment. The same text sent twice within a minute is one: a double click."""
    # The author's row is held, so that two clicks at once come one after the other.
    User.objects.select_for_update().get(pk=author.pk)
    mine = Comment.objects.filter(author=author, badge_class=badge_class, text=text)
    twin = mine.filter(created_at__gte=timezone.now() - SAME_CLICK).first()
    return twin or Comment.objects.create(author=author, badge_class=badge_class, text=text)


@transaction.atomic
def withdraw(*, comment: Comment) -> None:
    """Takes a comment away for good."""
    comment.delete()


def hide(*, comments: CommentQuerySet) -> None:
    comments.filter(hidden_at=None).update(hidden_at=timezone.now())


def show(*, comments: CommentQuerySet) -> None:
    comments.update(hidden_at=None)
