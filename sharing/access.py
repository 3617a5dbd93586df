"""The doors of public pages. What may not be seen answers 404, as if it did not exist."""

from uuid import UUID

from django.http import Http404

from accounts.models import Profile
from badges import access, codes
from badges.models import Assertion


def badge_page(viewer, uid: UUID) -> Assertion:
    """What `/b/<uid>/` has to show: a badge that `viewer` may open, or one that was withdrawn while it was public."""
    try:
        return access.badge_for_viewer(viewer, uid)
    except Http404:
        return access.revoked_public_badge(uid)


def badge_page_by_code(viewer, typed: str) -> Assertion:
    code = codes.read(typed)
    uid = Assertion.objects.filter(code=code).values_list("uid", flat=True).first() if code else None
    if uid is None:
        raise Http404
    return badge_page(viewer, uid)


def profile_for_viewer(viewer, handle: str) -> Profile:
    profile = Profile.objects.visible_to(viewer).select_related("user").filter(handle=handle).first()
    if profile is None:
        raise Http404
    return profile


def profile_of_holder(viewer, assertion: Assertion) -> Profile | None:
    """The profile that a holder's name leads to, when `viewer` may open it."""
    return Profile.objects.visible_to(viewer).filter(user_id=assertion.holder_id).first()
