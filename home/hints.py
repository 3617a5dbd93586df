"""What a new person may do next. A hint goes away when it is done, or when its reader puts it away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from home.card import Card

SHOWN = 3


@dataclass(frozen=True)
class Hint:
    """`page` is the URL name of where it is done; `is_due` says whether there is something to do."""

    name: str
    title: Any
    text: Any
    link: Any
    page: str
    is_due: Callable[[Card], bool]


def _profile_is_incomplete(card: Card) -> bool:
    profile = card.profile
    return not (profile.first_name and profile.last_name and profile.about)


def _all_is_private(card: Card) -> bool:
    return card.may_be_shown > 0 and card.public == 0


HINTS = (
    Hint(
        "profile",
        _("Complete your profile"),
        _("Your name and a few words about yourself. You choose who sees your profile."),
        _("Edit my profile"),
        "accounts:profile",
        _profile_is_incomplete,
    ),
    Hint(
        "follow",
        _("Follow a badge or an issuer"),
        _("Who receives it, and what is published, will be told on this page."),
        _("Explore the gallery"),
        "gallery:badges",
        lambda card: card.follows == 0,
    ),
    Hint(
        "show",
        _("Make a badge public"),
        _("Your badges are for you alone until you decide otherwise, badge by badge."),
        _("Choose a badge"),
        "badges:index",
        _all_is_private,
    ),
    Hint(
        "page",
        _("Make a page"),
        _("A page tells of a project or a career with your badges and your words."),
        _("See my pages"),
        "pages:index",
        lambda card: card.pages == 0,
    ),
    Hint(
        "address",
        _("Add a second address"),
        _("A badge may have gone to your address at work. Add it, and the badge will arrive here."),
        _("Add an address"),
        "accounts:settings",
        lambda card: card.addresses < 2,
    ),
)
NAMES = frozenset(hint.name for hint in HINTS)


def hints(card: Card) -> list[Hint]:
    away = card.profile.hints_away
    return [hint for hint in HINTS if hint.name not in away and hint.is_due(card)][:SHOWN]
