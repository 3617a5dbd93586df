from uuid import UUID

from django.db import transaction

from accounts.models import User
from connections.enums import FollowState
from connections.models import Block, Comment, PersonFollow
from connections.querysets import profiles_open_to
from connections.services.people import lock


@transaction.atomic
def block(*, person: User, blocked: User) -> Block:
    """Nothing goes between the two any more; who is blocked is not told. What either has refused stays refused."""
    lock(person, blocked)
    name = _known_name(person, blocked)
    row, _created = Block.objects.get_or_create(person=person, blocked=blocked, defaults={"name": name})
    PersonFollow.objects.between(person, blocked).exclude(state=FollowState.REFUSED).delete()
    return row


def _known_name(person: User, blocked: User) -> str:
    """The name that `person` could read at this moment: of a profile, a question or a comment; else nothing."""
    met = (
        profiles_open_to(person).filter(user=blocked).exists()
        or PersonFollow.objects.filter(follower=blocked, followed=person).exists()
        or Comment.objects.shown().filter(author=blocked).exists()
    )
    return blocked.name if met else ""


@transaction.atomic
def unblock(*, person: User, blocked_uid: UUID) -> None:
    """Each may follow the other again; nothing of what was comes back."""
    Block.objects.of(person).filter(blocked__uid=blocked_uid).delete()
