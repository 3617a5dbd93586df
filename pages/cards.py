"""Portfolio pages as lists show them: the gallery, a profile."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from badges.enums import Visibility
from badges.models import Assertion, BadgeClass, BadgeVersion
from pages.models import Page

SHOWN_BADGES = 3


@dataclass
class PageCard:
    """A page, and the first badges placed on it that the viewer may see."""

    page: Page
    badges: list[BadgeVersion | BadgeClass] = field(default_factory=list)


def cards(pages: Iterable[Page], level: Visibility) -> list[PageCard]:
    """What a visitor of `level` sees of them, in one more query however many there are."""
    found = [PageCard(page) for page in pages]
    placed = {uid for card in found for uid in _placed(card.page)}
    shown = (
        Assertion.objects.shown_to(level)
        .filter(uid__in=placed, holder__in=[card.page.owner_id for card in found])
        .select_related("badge_class", "version")
    )
    # The holder is part of the key: a page shows the badges of its owner alone.
    badges = {(badge.holder_id, str(badge.uid)): badge.recognises for badge in shown}
    for card in found:
        keys = [(card.page.owner_id, uid) for uid in _placed(card.page)]
        card.badges = [badges[key] for key in keys if key in badges][:SHOWN_BADGES]
    return found


def _placed(page: Page) -> list[str]:
    """The badges chosen one by one, in order, each once."""
    return list(dict.fromkeys(uid for block in page.blocks for uid in block.get("badges", [])))
