from django import template

from badges.enums import Visibility
from badges.models import BadgeClass
from badges.services.figures import LEVELS

register = template.Library()


@register.filter
def recipients(badge_class: BadgeClass, level: Visibility) -> int:
    """How many people the list of recipients shows to a viewer of `level`."""
    return getattr(badge_class, f"{LEVELS[level]}_recipients")
