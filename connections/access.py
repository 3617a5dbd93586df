"""One door per object. What may not be seen, or is not one's own, answers 404."""

from uuid import UUID

from django.http import Http404

from accounts.models import Profile, User
from connections.enums import Reported
from connections.models import Block, Comment
from connections.querysets import profiles_open_to
from connections.registry import Reportable, reportable_at


def own_comment(user, uid: UUID) -> Comment:
    comment = Comment.objects.select_related("badge_class").filter(author=user, uid=uid).first()
    if comment is None:
        raise Http404
    return comment


def comment_for_reader(viewer, uid: UUID) -> Comment:
    """Somebody else's comment that `viewer` reads in the gallery."""
    readable = Comment.objects.shown().readable_by(viewer).exclude(author_id=viewer.pk)
    comment = readable.select_related("badge_class", "author__profile").filter(uid=uid).first()
    if comment is None or not comment.badge_class.in_gallery:
        raise Http404
    return comment


def person_to_follow(user, uid: UUID) -> User:
    """Somebody else whose profile is open to `user`, none of the two having blocked the other."""
    person = profile_of_another(user, uid).user
    if Block.objects.between(user, person).exists():
        raise Http404
    return person


def profile_of_another(user, uid: UUID) -> Profile:
    """The profile of somebody else, open to `user`."""
    others = profiles_open_to(user).exclude(user_id=user.pk)
    profile = others.select_related("user").filter(user__uid=uid).first()
    if profile is None:
        raise Http404
    return profile


def somebody_else(user, uid: UUID) -> User:
    """Whoever may be blocked: a person's identifier is known to those who have met them, and blocking tells nothing."""
    person = User.objects.filter(uid=uid, is_active=True).exclude(pk=user.pk).first()
    if person is None:
        raise Http404
    return person


def kind_of_report(slug: str) -> tuple[Reported, Reportable]:
    found = reportable_at(slug)
    if found is None:
        raise Http404
    return found


def identifier(text: str) -> UUID:
    """A public identifier that stands in an address. What is none: 404."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
