"""Where people are written to."""

from collections.abc import Collection

from allauth.account.models import EmailAddress


def addresses_of(people: Collection[int]) -> dict[int, str]:
    """The proved primary address of each active account among `people`, by its primary key."""
    proved = EmailAddress.objects.filter(
        user_id__in=people, user__is_active=True, verified=True, primary=True
    )
    return dict(proved.values_list("user_id", "email"))
