from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.enums import Visibility

__all__ = ["BlockKind", "Theme", "Visibility"]


class Theme(TextChoices):
    """How a page is dressed. Few, each checked for contrast by day and by night."""

    PASSPORT = "passport", _("Passport")
    SOBER = "sober", _("Sober")
    NIGHT = "night", _("Night blue")
    LARGE = "large", _("Large type")


class BlockKind(TextChoices):
    HEADING = "heading", _("Heading")
    TEXT = "text", _("Text")
    BADGES = "badges", _("Badges")
    TAG = "tag", _("Badges with a tag")
    FILE = "file", _("File or picture")
    GALLERY = "gallery", _("Picture gallery")
    LINK = "link", _("Link")
    QUOTE = "quote", _("Quotation")
    VIDEO = "video", _("Video")
    PROFILE = "profile", _("Profile")
