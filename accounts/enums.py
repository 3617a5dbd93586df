from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Visibility(TextChoices):
    """Who may see a badge or a profile. Private is the default everywhere."""

    PRIVATE = "private", _("Private")
    MEMBERS = "members", _("Registered users")
    PUBLIC = "public", _("Public")


class DocumentKind(TextChoices):
    PRIVACY = "privacy", _("Data protection statement")
    LEGAL_NOTICE = "legal-notice", _("Legal notice")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    HELP = "help", _("Help")
    SOURCE = "source", _("Source code")


class FileKind(TextChoices):
    """A picture is drawn again and shown; a document is only downloaded."""

    PICTURE = "picture", _("Picture")
    DOCUMENT = "document", _("Document")
