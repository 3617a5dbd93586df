from django.db import models
from django.utils.translation import gettext_lazy as _

from badges.models.assertion import Assertion
from badges.querysets import BadgeTagQuerySet
from passport.lib.folding import clean, fold


class BadgeTag(models.Model):
    """A word by which a holder sorts their badges. Theirs alone: nobody else reads it."""

    assertion = models.ForeignKey(Assertion, models.CASCADE, related_name="tags")
    name = models.CharField(_("word"), max_length=40)
    folded_name = models.CharField(max_length=50, editable=False)

    objects = BadgeTagQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal tag")
        verbose_name_plural = _("personal tags")
        ordering = ["folded_name", "pk"]
        indexes = [models.Index(fields=["folded_name"], name="badge_tag_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["assertion", "folded_name"],
                name="badge_tag_once",
                violation_error_message=_("This badge has this tag already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Fills the column of search and uniqueness. Called by save(); bulk writers call it themselves."""
        self.name = clean(self.name)
        self.folded_name = fold(self.name)[:50]
