from django import template

from accounts.networks import Network, networks
from passport.lib.urls import safe_next

register = template.Library()


@register.simple_tag
def social_networks() -> list[Network]:
    """The networks with which one can sign in here."""
    return networks()


@register.simple_tag(takes_context=True)
def next_path(context) -> str:
    """Where to go afterwards, when that is a page of this site."""
    return safe_next(context["request"])
