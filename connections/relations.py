"""What is between two people."""

from dataclasses import dataclass

from accounts.enums import Visibility
from accounts.models import Profile
from connections.enums import FollowState
from connections.models import Block, PersonFollow


@dataclass(frozen=True)
class Relation:
    """What a member may know and do about the owner of a profile that they have before them."""

    profile: Profile
    follows: bool
    # Until the owner answers, and for ever when they refuse: it looks the same.
    asked: bool
    is_follower: bool
    has_blocked: bool
    # The owner has blocked this reader, and answers them as a visitor without account.
    is_closed: bool

    @property
    def needs_consent(self) -> bool:
        return self.profile.visibility != Visibility.PUBLIC


def relation(viewer, profile: Profile) -> Relation | None:
    """None for a visitor without account, and for oneself. Two queries."""
    if not viewer.is_authenticated or viewer.pk == profile.user_id:
        return None
    follows = list(PersonFollow.objects.between(viewer, profile.user_id))
    blocks = set(Block.objects.between(viewer, profile.user_id).values_list("person", flat=True))
    mine = next((row for row in follows if row.follower_id == viewer.pk and row.is_wanted), None)
    theirs = next((row for row in follows if row.followed_id == viewer.pk), None)
    return Relation(
        profile,
        follows=mine is not None and mine.state == FollowState.ACCEPTED,
        asked=mine is not None and mine.state != FollowState.ACCEPTED,
        is_follower=theirs is not None and theirs.state == FollowState.ACCEPTED,
        has_blocked=viewer.pk in blocks,
        is_closed=profile.user_id in blocks,
    )
