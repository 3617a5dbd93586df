"""Following people: at once where the profile is public, by a question where it is for members."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.enums import Visibility
from accounts.models import User
from connections.enums import FollowState
from connections.models import Block, PersonFollow
from connections.querysets import PersonFollowQuerySet
from notifications.services.notify import notify


@transaction.atomic
def follow(*, follower: User, followed: User) -> PersonFollow | None:
    """Follows, or asks to. None: one of the two has blocked the other meanwhile.

    A second click is the same answer. A question that was refused is put again to nobody.
    """
    lock(follower, followed)
    if Block.objects.between(follower, followed).exists():
        return None
    row, is_new = PersonFollow.objects.get_or_create(follower=follower, followed=followed)
    if row.state == FollowState.REFUSED:
        _want(row, wanted=True)
    elif row.state == FollowState.ASKED and followed.profile.visibility == Visibility.PUBLIC:
        _move(row, FollowState.ACCEPTED)
        notify(kind="new-follower", person=followed, subject=follower.uid, actor=follower)
    elif is_new:
        notify(kind="follow-asked", person=followed, subject=follower.uid, actor=follower)
    return row


@transaction.atomic
def accept(*, followed: User, follower_uid: UUID) -> bool:
    """« Accepter ». False: nothing is asked any more."""
    row = _held(PersonFollow.objects.filter(followed=followed, follower__uid=follower_uid))
    if row is None or row.state == FollowState.REFUSED:
        return False
    if row.state == FollowState.ASKED:
        _move(row, FollowState.ACCEPTED)
        notify(kind="follow-accepted", person=row.follower, subject=followed.uid, actor=followed)
    return True


@transaction.atomic
def refuse(*, followed: User, follower_uid: UUID) -> bool:
    """« Refuser », for good; nobody is told. False: nothing is asked any more."""
    row = _held(PersonFollow.objects.filter(followed=followed, follower__uid=follower_uid))
    if row is None or row.state == FollowState.ACCEPTED:
        return False
    if row.state == FollowState.ASKED:
        _move(row, FollowState.REFUSED)
    return True


@transaction.atomic
def reconsider(*, followed: User, follower_uid: UUID) -> None:
    """Lifts a refusal: what is still asked waits again, what was taken back may be asked again."""
    refused = PersonFollow.objects.refused_by(followed).filter(follower__uid=follower_uid)
    if row := _held(refused):
        if row.is_wanted:
            _move(row, FollowState.ASKED)
        else:
            row.delete()


@transaction.atomic
def unfollow(*, follower: User, followed_uid: UUID) -> None:
    """« Ne plus suivre », and taking a question back. A refusal stays, for the day when it is put again."""
    row = _held(PersonFollow.objects.filter(follower=follower, followed__uid=followed_uid))
    if row is None:
        return
    if row.state == FollowState.REFUSED:
        _want(row, wanted=False)
    else:
        row.delete()


@transaction.atomic
def remove(*, followed: User, follower_uid: UUID) -> None:
    """Takes a follower away; they may ask again, unless they are blocked."""
    PersonFollow.objects.followers_of(followed).filter(follower__uid=follower_uid).delete()


def lock(one: User, other: User) -> None:
    """Two people are held while what is between them changes: a block and a question do not pass each other."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[one.pk, other.pk]).order_by("pk"))


def _held(rows: PersonFollowQuerySet) -> PersonFollow | None:
    return rows.select_for_update(of=("self",)).select_related("follower").first()


def _move(row: PersonFollow, state: FollowState) -> None:
    row.state = state
    row.answered_at = None if state == FollowState.ASKED else timezone.now()
    row.save(update_fields=["state", "answered_at"])


def _want(row: PersonFollow, *, wanted: bool) -> None:
    row.is_wanted = wanted
    row.save(update_fields=["is_wanted"])
