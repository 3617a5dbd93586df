from uuid import UUID

from django.db import transaction

from accounts.models import User
from connections.enums import FollowState
from connections.models import Block, PersonFollow
from connections.services.people import lock


@transaction.atomic
def block(*, person: User, blocked: User) -> Block:
    """Nothing goes between the two any more; who is blocked is not told. What either has refused stays refused."""
    lock(person, blocked)
    row, _created = Block.objects.get_or_create(person=person, blocked=blocked)
    PersonFollow.objects.between(person, blocked).exclude(state=FollowState.REFUSED).delete()
    return row


@transaction.atomic
def unblock(*, person: User, blocked_uid: UUID) -> None:
    """Each may follow the other again; nothing of what was comes back."""
    Block.objects.of(person).filter(blocked__uid=blocked_uid).delete()
