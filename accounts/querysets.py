from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.enums import Visibility
from accounts.handles import KEPT_FOR
from passport.lib.folding import fold

if TYPE_CHECKING:
    from accounts.models import LegalDocument


def levels_open_to(viewer) -> list[str]:
    """The levels of visibility that `viewer` reaches by being anonymous or signed in."""
    return [Visibility.PUBLIC, Visibility.MEMBERS] if viewer.is_authenticated else [Visibility.PUBLIC]


class ProfileQuerySet(models.QuerySet):
    def visible_to(self, viewer) -> "ProfileQuerySet":
        """Profiles that `viewer` may open; one's own always."""
        shown = Q(visibility__in=levels_open_to(viewer))
        return self.filter(
            shown | Q(user_id=viewer.pk) if viewer.is_authenticated else shown, user__is_active=True
        )

    def listed_to(self, viewer) -> "ProfileQuerySet":
        """Profiles that a gallery shows to `viewer`: those that have a name; one's own private one is not listed."""
        return self.filter(visibility__in=levels_open_to(viewer), user__is_active=True).exclude(
            folded_name=""
        )

    def named(self, text: str) -> "ProfileQuerySet":
        found = self
        for word in fold(text).split():
            found = found.filter(folded_name__contains=word)
        return found


class FormerHandleQuerySet(models.QuerySet):
    def kept(self) -> "FormerHandleQuerySet":
        """Those that are not free yet."""
        return self.filter(freed_at__gt=timezone.now() - KEPT_FOR)

    def lapsed(self) -> "FormerHandleQuerySet":
        return self.filter(freed_at__lte=timezone.now() - KEPT_FOR)

    def kept_from(self, user) -> "FormerHandleQuerySet":
        """Those that `user` may not have; one's own one may take back."""
        return self.kept().exclude(owner_id=user.pk)


class LegalDocumentQuerySet(models.QuerySet["LegalDocument"]):
    def current(self, kind: str, language: str = "fr") -> "LegalDocument | None":
        """The version in force, in `language` or else in French."""
        in_force = self.filter(kind=kind, published_at__lte=timezone.now()).order_by("-version")
        return in_force.filter(language=language).first() or in_force.filter(language="fr").first()


class FileQuerySet(models.QuerySet):
    def of(self, user) -> "FileQuerySet":
        """What `user` keeps here, the newest first."""
        return self.filter(owner_id=user.pk).order_by("-created_at", "-id")

    def weight(self) -> int:
        """Bytes in all."""
        return self.order_by().aggregate(bytes=models.Sum("size", default=0))["bytes"]
