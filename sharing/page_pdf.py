"""« Télécharger en PDF »: what a page shows to one reader, on paper."""

from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image

from badges import pictures
from badges.enums import Visibility
from badges.models import Assertion
from pages.blocks import Look, Placed, Shown
from pages.enums import BlockKind, Theme
from pages.models import Page
from passport.lib import images, photos
from passport.lib.html_tree import tree
from passport.lib.typesetting import typeset
from passport.lib.urls import absolute
from passport.templatetags.passport import markdown, typo
from sharing.page_offer import page_address

TEMPLATE = Path(__file__).with_name("page.typ")
# More would be a file that nobody opens: those that follow are told by their words.
MAX_PICTURES = 80
SIDE = 1280


def draw(page: Page, look: Look) -> bytes:
    """Raises passport.lib.typesetting.NotTypeset."""
    paper = _Paper(look)
    data = {
        "lang": (get_language() or "fr")[:2],
        "title": typo(page.title),
        "name": look.name,
        "description": typo(page.description),
        "profile": paper.profile_url,
        "large": page.theme == Theme.LARGE,
        "url": page_address(page) if page.visibility == Visibility.PUBLIC else "",
        "blocks": [paper.block(shown) for shown in look.blocks],
    }
    return typeset(TEMPLATE, data, paper.pictures)


class _Paper:
    """The blocks as the template takes them, and the pictures that they name."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.pictures: dict[str, bytes] = {}

    @property
    def profile_url(self) -> str:
        profile = self.look.profile
        return absolute(reverse("sharing:profile", args=[profile.handle])) if profile else ""

    def block(self, shown: Shown) -> dict[str, Any]:
        if shown.badges:
            badges = [self._badge(badge) for badge in shown.badges]
            return {"kind": "badges", "level": shown.level, "badges": badges}
        if shown.kind == BlockKind.PROFILE:
            return self._profile()
        if shown.files:
            return self._files(shown)
        return _words(shown)

    def _badge(self, badge: Assertion) -> dict[str, str]:
        return {
            "name": typo(badge.recognises.name),
            "issuer": typo(badge.badge_class.issuer.name),
            "date": date_format(localtime(badge.issued_at), "DATE_FORMAT"),
            "expired": _("Expired") if badge.is_expired else "",
            "url": absolute(reverse("sharing:badge", args=[badge.uid])),
            "picture": self._badge_picture(badge.recognises.image),
        }

    def _profile(self) -> dict[str, str]:
        profile = self.look.profile
        return {
            "kind": "profile",
            "name": self.look.name,
            "url": self.profile_url,
            "town": profile.town if profile else "",
            "about": typo(profile.about) if profile else "",
        }

    def _files(self, shown: Shown) -> dict[str, Any]:
        gallery = shown.kind == BlockKind.GALLERY
        files = [self._file(placed, number) for number, placed in enumerate(shown.files, 1)]
        caption = typo(shown.data.get("caption", ""))
        return {"kind": "gallery" if gallery else "files", "files": files, "caption": caption}

    def _file(self, placed: Placed, number: int) -> dict[str, str]:
        if not placed.file.is_picture:
            return {"words": placed.file.name, "picture": ""}
        words = typo(placed.words) or _("Picture %(number)s") % {"number": number}
        return {"words": words, "picture": self._photo(placed.file.smaller(SIDE))}

    def _badge_picture(self, image: str) -> str:
        name = pictures.variant(image, "440.png")
        if name not in self.pictures and len(self.pictures) < MAX_PICTURES:
            found = pictures.read_variant(name)
            if found:
                self.pictures[name] = found[0]
        return name if name in self.pictures else ""

    def _photo(self, stored: str) -> str:
        """As JPEG on white: a PDF carries that as it is, and a WEBP as all of its pixels."""
        name = f"{stored.rpartition('/')[2]}.jpg"
        if name not in self.pictures and len(self.pictures) < MAX_PICTURES:
            try:
                with default_storage.open(stored) as file:
                    picture = images.first_frame(file.read(), "WEBP").convert("RGBA")
            except FileNotFoundError:
                return ""
            paper = Image.new("RGBA", picture.size, "white")
            paper.alpha_composite(picture)
            self.pictures[name] = photos.saved(paper.convert("RGB"), "JPEG")
        return name if name in self.pictures else ""


def _words(shown: Shown) -> dict[str, Any]:
    data = shown.data
    said = {key: typo(data.get(key, "")) for key in ("text", "source", "label", "note")}
    if shown.kind == BlockKind.TEXT:
        return {"kind": "text", "tree": tree(typo(markdown(data["text"], shown.level)))}
    if shown.kind == BlockKind.HEADING:
        return {"kind": "heading", "text": said["text"]}
    if shown.kind == BlockKind.QUOTE:
        return {"kind": "quote", "lines": said["text"].splitlines(), "source": said["source"]}
    words = data["url"]
    if shown.kind == BlockKind.VIDEO:
        words = _("Watch the video on %(site)s") % {"site": shown.site}
    return {"kind": "link", "url": data["url"], "words": words, "label": said["label"], "note": said["note"]}
