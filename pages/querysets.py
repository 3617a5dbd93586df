from django.db import models
from django.db.models import Q

from accounts.querysets import levels_open_to
from passport.lib.folding import fold


class PageQuerySet(models.QuerySet):
    def of(self, user) -> "PageQuerySet":
        return self.filter(owner_id=user.pk)

    def visible_to(self, viewer) -> "PageQuerySet":
        """Pages that `viewer` may open by their address; one's own always."""
        shown = Q(visibility__in=levels_open_to(viewer))
        mine = Q(owner_id=viewer.pk) if viewer.is_authenticated else Q()
        return self.filter(shown | mine if mine else shown, owner__is_active=True)

    def listed_to(self, viewer) -> "PageQuerySet":
        """Pages that a gallery shows to `viewer`; one's own private ones are not listed."""
        return self.filter(visibility__in=levels_open_to(viewer), owner__is_active=True)

    def linked(self) -> "PageQuerySet":
        """Pages that a secret link opens, whatever their visibility."""
        return self.filter(link_open=True, owner__is_active=True)

    def with_file(self, file) -> "PageQuerySet":
        return self.filter(files=file)

    def titled(self, text: str) -> "PageQuerySet":
        return self._with_words("folded_title", text)

    def by(self, name: str) -> "PageQuerySet":
        """Pages signed by somebody of that name."""
        return self._with_words("owner__profile__folded_name", name)

    def _with_words(self, column: str, text: str) -> "PageQuerySet":
        found = self
        for word in fold(text).split():
            found = found.filter(**{f"{column}__contains": word})
        return found
