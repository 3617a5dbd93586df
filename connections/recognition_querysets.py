from datetime import timedelta
from typing import Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from badges.enums import Visibility
from connections.enums import RecognitionState, RequestState
from connections.querysets import profiles_open_to
from passport.lib.folding import fold_address

RECOGNITIONS_PER_HOUR = 10
REQUESTS_PER_DAY = 10
REQUESTS_PER_ADDRESS = 3
UNANSWERED_DAYS = 90


def _blocked(one: str, other: str) -> Exists:
    """Whether a block stands between the people of two columns, whoever began."""
    blocks = apps.get_model("connections", "Block").objects
    either = Q(person=OuterRef(one), blocked=OuterRef(other)) | Q(
        person=OuterRef(other), blocked=OuterRef(one)
    )
    return Exists(blocks.filter(either))


class _SaidQuerySet(models.QuerySet):
    """Rows with an `author`: what somebody says to the holder of a badge."""

    def without_blocked_by(self, viewer) -> Self:
        """Without those of people between whom and `viewer` a block stands."""
        if not viewer.is_authenticated:
            return self
        blocks = apps.get_model("connections", "Block").objects.filter(
            Q(person=viewer.pk, blocked=OuterRef("author")) | Q(person=OuterRef("author"), blocked=viewer.pk)
        )
        return self.exclude(Exists(blocks))


class CongratulationQuerySet(_SaidQuerySet):
    def counted(self) -> "CongratulationQuerySet":
        """Of badges that are held and not revoked, between active accounts that have not blocked each other."""
        return self.filter(
            ~_blocked("author", "assertion__holder"),
            author__is_active=True,
            assertion__in=apps.get_model("badges", "Assertion").objects.valid(),
            assertion__holder__is_active=True,
        )

    def of(self, user) -> "CongratulationQuerySet":
        return self.filter(author_id=user.pk) if user.is_authenticated else self.none()


class RecognitionQuerySet(_SaidQuerySet):
    def living(self) -> "RecognitionQuerySet":
        """What its two people may deal with: not hidden by a moderator, between active accounts that have not blocked
        each other; of skills, and of badges that are held and not revoked."""
        valid = apps.get_model("badges", "Assertion").objects.valid()
        return self.filter(
            Q(author=None) | Q(author__is_active=True),
            Q(assertion=None) | Q(assertion__in=valid, assertion__holder=F("holder")),
            ~_blocked("author", "holder"),
            holder__is_active=True,
            hidden_at=None,
        )

    def of_skills(self) -> "RecognitionQuerySet":
        return self.filter(assertion=None)

    def shown(self) -> "RecognitionQuerySet":
        """What the holder has accepted and shows."""
        return self.living().filter(state=RecognitionState.ACCEPTED, shown=True)

    def shown_to(self, viewer) -> "RecognitionQuerySet":
        """What `viewer` reads under the badges and on the profiles that they may open."""
        badges = apps.get_model("badges", "Assertion").objects.visible_to(viewer)
        return self._of(badges, profiles_open_to(viewer)).without_blocked_by(viewer)

    def public(self) -> "RecognitionQuerySet":
        """What machines read: of badges and of people that everybody may open."""
        badges = apps.get_model("badges", "Assertion").objects.shown_to(Visibility.PUBLIC)
        return self._of(badges, profiles_open_to(AnonymousUser()))

    def received_by(self, user) -> "RecognitionQuerySet":
        return self.living().filter(holder=user)

    def written_by(self, user) -> "RecognitionQuerySet":
        """One's own words; what a moderator has hidden too, for they are one's own."""
        return self.filter(author=user)

    def too_many_of(self, author) -> bool:
        since = timezone.now() - timedelta(hours=1)
        return self.filter(author=author, written_at__gte=since).count() >= RECOGNITIONS_PER_HOUR

    def _of(self, badges, profiles) -> "RecognitionQuerySet":
        of_skill = Q(assertion=None, holder__in=profiles.values("user"))
        return self.shown().filter(Q(assertion__in=badges) | of_skill)


class RecognitionRequestQuerySet(models.QuerySet):
    def sound(self) -> "RecognitionRequestQuerySet":
        """Of badges that are held and not revoked, between active accounts that have not blocked each other."""
        return self.filter(
            Q(member=None) | Q(member__is_active=True),
            ~_blocked("member", "holder"),
            assertion__in=apps.get_model("badges", "Assertion").objects.valid(),
            assertion__holder=F("holder"),
            holder__is_active=True,
        ).exclude(state=RequestState.WITHDRAWN)

    def put_to(self, user) -> "RecognitionRequestQuerySet":
        return self.sound().filter(member=user)

    def answerable(self) -> "RecognitionRequestQuerySet":
        return self.filter(state=RequestState.OPEN, expires_at__gt=timezone.now())

    def of_today(self) -> "RecognitionRequestQuerySet":
        return self.filter(created_at__gte=timezone.now() - timedelta(days=1))

    def forgotten(self) -> "RecognitionRequestQuerySet":
        """What nobody has answered, long after the last day: an address is not kept for nothing."""
        since = timezone.now() - timedelta(days=UNANSWERED_DAYS)
        return self.filter(state__in=[RequestState.OPEN, RequestState.WITHDRAWN], created_at__lt=since)


class RecognitionStopQuerySet(models.QuerySet):
    def holds(self, address: str) -> bool:
        """Whether `address` wants no more requests."""
        return self.filter(folded_address=fold_address(address)).exists()
