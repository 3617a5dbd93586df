"""What a page shows to whom. Page and badge: the strictest wins.

A level is the widest audience that may read (`Visibility.PUBLIC`, `Visibility.MEMBERS`); None is the owner.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import File, Profile
from badges.models import Assertion
from badges.querysets import LISTED, AssertionQuerySet, level_of
from pages.enums import BlockKind, Visibility
from pages.models import Page
from passport.lib.urls import site_of

MAX_BADGES = 24
WITH_BADGES = {BlockKind.BADGES, BlockKind.TAG}
WITH_FILES = {BlockKind.FILE, BlockKind.GALLERY}
# Before a tag that is its owner's own word, and not one of the badges themselves.
MINE = "mine:"


@dataclass(frozen=True)
class Placed:
    """A file on a page; `words` tell a picture to those who do not see it."""

    file: File
    words: str


@dataclass
class Shown:
    """A block for a reader. `level`: of the headings of its badges."""

    kind: str
    data: dict
    badges: list[Assertion] = field(default_factory=list)
    files: list[Placed] = field(default_factory=list)
    level: int = 2
    site: str = ""


@dataclass(frozen=True)
class Missing:
    """Badges of a page that an audience does not see. `PRIVATE`: nobody but the owner."""

    level: Visibility
    badges: list[Assertion]


@dataclass(frozen=True)
class Look:
    """`profile` is None when this reader may not open it; the page is signed by the name all the same."""

    blocks: list[Shown]
    profile: Profile | None
    name: str


def level_for(page: Page, viewer) -> Visibility | None:
    """At its public address the owner of a page sees what its audience does."""
    if page.owner_id != viewer.pk:
        return level_of(viewer)
    return None if page.visibility == Visibility.PRIVATE else Visibility(page.visibility)


def look(page: Page, level: Visibility | None) -> Look:
    """In four queries at most, whatever the page holds."""
    badges = badges_of(page, level)
    profile = page.owner.profile
    may_open = level is None or profile.visibility in LISTED[level]
    shown = list(_shown(page.blocks, badges, _files(page)))
    return Look(shown, profile if may_open else None, profile.name)


def badges_of(page: Page, level: Visibility | None) -> list[Assertion]:
    """The owner's badges that may stand on the page for this level, the newest first; revoked ones for nobody."""
    if not any(block["kind"] in WITH_BADGES for block in page.blocks):
        return []
    badges = held(page.owner, level)
    if any(block.get("tag", "").startswith(MINE) for block in page.blocks):
        badges = badges.prefetch_related("tags")
    return list(badges)


def held(owner, level: Visibility | None) -> AssertionQuerySet:
    mine = Assertion.objects.held_by(owner)
    badges = mine.valid() if level is None else mine.shown_to(level)
    return badges.select_related("badge_class__issuer", "version").order_by("-accepted_at", "-pk")


def missing(page: Page) -> list[Missing]:
    """Which badges placed on the page stay hidden from whom, for its owner to know."""
    placed = {
        badge.pk: badge for shown in _shown(page.blocks, badges_of(page, None), {}) for badge in shown.badges
    }
    hidden = {
        level: [badge for badge in placed.values() if badge.visibility not in LISTED[level]]
        for level in (Visibility.PUBLIC, Visibility.MEMBERS)
    }
    if hidden[Visibility.PUBLIC] == hidden[Visibility.MEMBERS]:
        hidden = {Visibility.PRIVATE: hidden[Visibility.PUBLIC]}
    return [Missing(level, badges) for level, badges in hidden.items() if badges]


def files_of(block: dict) -> list[str]:
    """The uids that a block names, in its order."""
    if block["kind"] == BlockKind.FILE:
        return [block["file"]] if block.get("file") else []
    return block.get("pictures", []) if block["kind"] == BlockKind.GALLERY else []


def _shown(blocks: Iterable[dict], badges: list[Assertion], files: dict[str, File]) -> Iterable[Shown]:
    """Blocks that have something to say."""
    level = 2
    for block in blocks:
        shown = Shown(
            block["kind"],
            block,
            _badges(block, badges),
            _placed(block, files),
            level,
            site_of(block.get("url", "")),
        )
        if not _says_nothing(shown):
            level = 3 if shown.kind == BlockKind.HEADING else level
            yield shown


def _badges(block: dict, badges: list[Assertion]) -> list[Assertion]:
    if block["kind"] == BlockKind.BADGES:
        by_uid = {str(badge.uid): badge for badge in badges}
        return [by_uid[uid] for uid in block.get("badges", []) if uid in by_uid]
    if block["kind"] == BlockKind.TAG and block.get("tag"):
        return [badge for badge in badges if _has_tag(badge, block["tag"])][:MAX_BADGES]
    return []


def _has_tag(badge: Assertion, tag: str) -> bool:
    if tag.startswith(MINE):
        return any(own.folded_name == tag.removeprefix(MINE) for own in badge.tags.all())
    return tag in badge.badge_class.tags


def _files(page: Page) -> dict[str, File]:
    """Those of the page that are still there, by their uid."""
    if not any(block["kind"] in WITH_FILES for block in page.blocks):
        return {}
    return {str(file.uid): file for file in page.files.all()}


def _placed(block: dict, files: dict[str, File]) -> list[Placed]:
    words = block.get("words", {}) if block["kind"] == BlockKind.GALLERY else {}
    return [
        Placed(files[uid], words.get(uid, "") or block.get("alternative", ""))
        for uid in files_of(block)
        if uid in files
    ]


def _says_nothing(shown: Shown) -> bool:
    if shown.kind in WITH_BADGES:
        return not shown.badges
    if shown.kind in WITH_FILES:
        return not shown.files
    if shown.kind == BlockKind.PROFILE:
        return False
    return not (shown.data.get("text") or shown.data.get("url"))
