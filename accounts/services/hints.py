from django.db import transaction

from accounts.models import Profile, User


@transaction.atomic
def put_away(*, user: User, hint: str) -> None:
    """Never shows `hint` to `user` again. A second click is the same answer."""
    profile = Profile.objects.select_for_update(no_key=True).get(user=user)
    if hint not in profile.hints_away:
        profile.hints_away = [*profile.hints_away, hint]
        profile.save(update_fields=["hints_away"])
