"""The holder's own order of their badges, and which of them stand on their profile. Nobody else's row is touched."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from accounts.models import User
from badges.models import Assertion
from badges.querysets import PROFILE_ORDER


@transaction.atomic
def arrange(*, holder: User, uids: Sequence[UUID]) -> None:
    """Puts these badges of `holder` in this order, in the places that they have among the others.

    What is not theirs is passed over. A badge that comes later has no place yet, and stands first.
    """
    # One order at a time: two windows would number the same places twice.
    User.objects.select_for_update(no_key=True).get(pk=holder.pk)
    held = list(Assertion.objects.held_by(holder).order_by(*PROFILE_ORDER).only("uid", "position"))
    known = {badge.uid: badge for badge in held}
    named = [known[uid] for uid in dict.fromkeys(uids) if uid in known]
    moving, arranged = iter(named), {badge.uid for badge in named}
    order = [next(moving) if badge.uid in arranged else badge for badge in held]
    changed = [badge for place, badge in enumerate(order, start=1) if badge.position != place]
    for place, badge in enumerate(order, start=1):
        badge.position = place
    Assertion.objects.bulk_update(changed, ["position"], batch_size=500)


def show_on_profile(*, assertions: Iterable[Assertion], shown: bool) -> None:
    """Whether badges stand on their holder's profile, for those who may see them. Who may does not change."""
    rows = Assertion.objects.filter(pk__in=[assertion.pk for assertion in assertions])
    rows.update(on_profile=shown)
