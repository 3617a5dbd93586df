"""One door per object. What may not be seen, or is not one's own, answers 404."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from accounts.models import Profile, User
from badges.access import badge_for_holder, badge_for_viewer
from badges.models import Assertion
from connections import invitations
from connections.enums import Reported
from connections.models import Block, Comment, Recognition, RecognitionRequest
from connections.querysets import profiles_open_to
from connections.registry import Reportable, reportable_at

Row = TypeVar("Row", bound=Model)


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


def badge_to_recognise(user, uid: UUID) -> Assertion:
    """A badge of somebody else that `user` may open, between people who have not blocked each other."""
    assertion = badge_for_viewer(user, uid)
    holder = assertion.holder
    if (
        holder is None
        or holder == user
        or not holder.is_active
        or assertion.is_revoked
        or Block.objects.between(user, holder).exists()
    ):
        raise Http404
    return assertion


def own_held_badge(user, uid: UUID) -> Assertion:
    """A badge of `user` that can be recognised: held, not revoked."""
    assertion = badge_for_holder(user, uid)
    if assertion.is_revoked:
        raise Http404
    return assertion


def received_recognition(user, uid: UUID) -> Recognition:
    return _first(Recognition.objects.received_by(user).filter(uid=uid))


def written_recognition(user, uid: UUID) -> Recognition:
    return _first(Recognition.objects.written_by(user).filter(uid=uid))


def recognition_for_reader(viewer, uid: UUID) -> Recognition:
    """Somebody else's recommendation that `viewer` reads under a badge or on a profile."""
    shown = Recognition.objects.shown_to(viewer).exclude(author__isnull=False, author_id=viewer.pk)
    return _first(shown.filter(uid=uid))


def public_recognition(uid: UUID) -> Recognition:
    """What machines may read: accepted, shown, of a public badge."""
    return _first(Recognition.objects.public().filter(uid=uid))


def request_put_to(user, uid: UUID) -> RecognitionRequest:
    """What `user` was asked, answered or not."""
    return _first(RecognitionRequest.objects.put_to(user).filter(uid=uid))


def own_request(user, uid: UUID) -> RecognitionRequest:
    return _first(RecognitionRequest.objects.filter(holder=user, uid=uid))


def request_by_token(token: str) -> RecognitionRequest:
    """What a link of a mail asks, whatever has become of it."""
    uid = invitations.read_token(token)
    by_mail = RecognitionRequest.objects.filter(member=None)
    return _first(by_mail.filter(uid=uid) if uid else by_mail.none())


def is_sound(request: RecognitionRequest) -> bool:
    """Whether who was asked may still see the badge by that: neither it nor the request was withdrawn."""
    return RecognitionRequest.objects.sound().filter(pk=request.pk).exists()


def _first(rows: QuerySet[Row]) -> Row:
    related = "assertion__badge_class__issuer", "assertion__version", "holder__profile"
    row = rows.select_related(*related).first()
    if row is None:
        raise Http404
    return row
