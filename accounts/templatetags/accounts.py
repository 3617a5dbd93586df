from django import template

from accounts.networks import Network, networks

register = template.Library()


@register.simple_tag
def social_networks() -> list[Network]:
    """The networks with which one can sign in here."""
    return networks()
