"""The doors of public pages. What may not be seen answers 404, as if it did not exist."""

from django.http import Http404

from accounts.models import Profile
from badges.models import Assertion
from connections.querysets import profiles_open_to


def profile_for_viewer(viewer, handle: str) -> Profile:
    profile = profiles_open_to(viewer).select_related("user", "picture").filter(handle=handle).first()
    if profile is None:
        raise Http404
    return profile


def profile_of_holder(viewer, assertion: Assertion) -> Profile | None:
    """The profile that a holder's name leads to, when `viewer` may open it."""
    return profiles_open_to(viewer).filter(user_id=assertion.holder_id).first()
