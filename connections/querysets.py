from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from connections.enums import FollowState

COMMENTS_PER_HOUR = 10


class FollowQuerySet(models.QuerySet):
    def of(self, user) -> "FollowQuerySet":
        """What `user` follows; an anonymous visitor follows nothing."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def in_gallery(self) -> "FollowQuerySet":
        """Follows of badges that can be opened in the gallery."""
        published = apps.get_model("badges", "BadgeClass").objects.published()
        return self.filter(badge_class__in=published).select_related("badge_class__issuer")


class IssuerFollowQuerySet(models.QuerySet):
    def of(self, user) -> "IssuerFollowQuerySet":
        """The issuers that `user` follows; an anonymous visitor follows none."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()


class PersonFollowQuerySet(models.QuerySet):
    def of(self, user) -> "PersonFollowQuerySet":
        """Whom `user` follows: those who said yes, or did not have to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(follower_id=user.pk, state=FollowState.ACCEPTED)


class BlockQuerySet(models.QuerySet):
    def between(self, one, other) -> "BlockQuerySet":
        """Whoever of the two began."""
        return self.filter(Q(person=one, blocked=other) | Q(person=other, blocked=one))


class CommentQuerySet(models.QuerySet):
    def shown(self) -> "CommentQuerySet":
        """Comments of active accounts that no moderator has hidden, the newest first."""
        return self.filter(hidden_at=None, author__is_active=True).order_by("-created_at", "-pk")

    def about(self, badge_class) -> "CommentQuerySet":
        """What is said of a badge, with what signs it."""
        return self.shown().filter(badge_class=badge_class).select_related("author__profile__picture")

    def too_many_of(self, author) -> bool:
        """Whether `author` has written as much as one may in an hour."""
        since = timezone.now() - timedelta(hours=1)
        return self.filter(author=author, created_at__gte=since).count() >= COMMENTS_PER_HOUR
