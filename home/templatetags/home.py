from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from badges.models import BadgeClass
from connections.feed import Line, Person
from passport.templatetags.passport import typo

register = template.Library()


@register.simple_tag
def received(line: Line) -> SafeString:
    """« Élise Roussel et 3 autres ont reçu … »: those who may be named, how many more, and the badge."""
    names = [_person(person) for person in line.named]
    one, two = (names + [""] * 2)[:2]
    return format_html(
        _sentence(len(names), line.others),
        one=one,
        two=two,
        number=number_format(line.others, force_grouping=True),
        badge=_badge(line.badge_class),
    )


def _sentence(named: int, others: int) -> str:
    if not named:
        return ngettext("{number} person received {badge}", "{number} people received {badge}", others)
    if not others:
        return _("{one} received {badge}") if named == 1 else _("{one} and {two} received {badge}")
    if named == 1:
        return ngettext(
            "{one} and {number} other person received {badge}",
            "{one} and {number} others received {badge}",
            others,
        )
    return ngettext(
        "{one}, {two} and {number} other person received {badge}",
        "{one}, {two} and {number} others received {badge}",
        others,
    )


def _person(person: Person) -> SafeString:
    if not person.handle:
        return format_html("<strong>{}</strong>", person.name)
    address = reverse("sharing:profile", args=[person.handle])
    return format_html('<a href="{}">{}</a>', address, person.name)


def _badge(badge_class: BadgeClass) -> SafeString:
    return format_html('<a href="{}">{}</a>', badge_class.get_absolute_url(), typo(badge_class.name))
