from django import template

from accounts.models import Profile
from accounts.networks import Network, networks
from accounts.querysets import levels_open_to
from passport.lib.urls import safe_next

register = template.Library()


@register.simple_tag
def social_networks() -> list[Network]:
    """The networks with which one can sign in here."""
    return networks()


@register.filter
def picture_for(profile: Profile | None, viewer) -> str:
    """The address of a person's picture, when `viewer` may open their profile; else nothing."""
    if profile is None:
        return ""
    may_open = profile.visibility in levels_open_to(viewer) or profile.user_id == viewer.pk
    return profile.picture_url if may_open else ""


@register.simple_tag(takes_context=True)
def next_path(context) -> str:
    """Where to go afterwards, when that is a page of this site."""
    return safe_next(context["request"])
