from django import template
from django.urls import reverse

from badges import pictures
from badges.models import BadgeClass

register = template.Library()


@register.simple_tag
def badge_picture(badge_class: BadgeClass, size: int | str) -> str:
    """The address of a badge's picture: 264 (grids) or 440 (medallions) for WebP, "440.png" for mails and cards."""
    suffix = f"{size}.webp" if isinstance(size, int) else size
    return reverse("badges:picture", args=[pictures.variant(badge_class.image, suffix)])
