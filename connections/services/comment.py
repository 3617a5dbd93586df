from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts.models import User
from badges.models import BadgeClass
from connections.models import Comment
from connections.querysets import CommentQuerySet, without_blocks
from notifications.services.notify import notify

SAME_CLICK = timedelta(minutes=1)
# Of a long conversation, those who spoke last are told.
TOLD = 30


@transaction.atomic
def comment(*, author: User, badge_class: BadgeClass, text: str) -> Comment:
    """Publishes a comment; organisers and earlier authors are told. Twice the same text within a minute is one: a
    double click."""
    # The author's row is held, so that two clicks at once come one after the other.
    User.objects.select_for_update(no_key=True).get(pk=author.pk)
    mine = Comment.objects.filter(author=author, badge_class=badge_class, text=text)
    twin = mine.filter(created_at__gte=timezone.now() - SAME_CLICK).first()
    if twin:
        return twin
    written = Comment.objects.create(author=author, badge_class=badge_class, text=text)
    for person in _concerned(written):
        notify(kind="comment", person=person, subject=written.uid, actor=author)
    return written


def _concerned(written: Comment) -> list[User]:
    """Who organises for the badge's issuer, and who has commented before; the author and who is blocked apart."""
    earlier = Comment.objects.shown().filter(badge_class=written.badge_class, pk__lt=written.pk)
    recent = earlier.order_by("author").values("author").annotate(last=Max("pk")).order_by("-last")
    authors = [row["author"] for row in recent[:TOLD]]
    organising = Q(issuer_memberships__issuer=written.badge_class.issuer_id)
    people = User.objects.filter(organising | Q(pk__in=authors), is_active=True).exclude(pk=written.author_id)
    return list(without_blocks(people, written.author, "pk").distinct())


@transaction.atomic
def withdraw(*, comment: Comment) -> None:
    """Takes a comment away for good."""
    comment.delete()


def hide(*, comments: CommentQuerySet) -> None:
    comments.filter(hidden_at=None).update(hidden_at=timezone.now())


def show(*, comments: CommentQuerySet) -> None:
    comments.update(hidden_at=None)
