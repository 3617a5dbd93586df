from django.db import models


class FollowQuerySet(models.QuerySet):
    def of(self, user) -> "FollowQuerySet":
        return self.filter(user_id=user.pk)


class CommentQuerySet(models.QuerySet):
    def shown(self) -> "CommentQuerySet":
        """Comments of active accounts that no moderator has hidden, the newest first."""
        return self.filter(hidden_at=None, author__is_active=True).order_by("-created_at", "-pk")
