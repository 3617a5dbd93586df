"""Who follows what, and what each may still see of it. A follow outlives the visibility of what is followed; it shows
nothing of it meanwhile."""

from datetime import timedelta
from typing import TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.enums import Visibility
from accounts.models import Profile
from accounts.querysets import ProfileQuerySet
from badges.querysets import IssuerQuerySet
from connections.enums import FollowState
from passport.lib.folding import fold

Rows = TypeVar("Rows", bound=models.QuerySet)

COMMENTS_PER_HOUR = 10
FOLLOWS_PER_HOUR = 60
REPORTS_PER_HOUR = 10


def profiles_open_to(viewer) -> ProfileQuerySet:
    """The profiles that `viewer` may open: whom its owner has blocked has it as a visitor without account does."""
    profiles = Profile.objects.visible_to(viewer)
    return profiles.exclude(_closed_to(viewer, "user")) if viewer.is_authenticated else profiles


def profiles_listed_to(viewer) -> ProfileQuerySet:
    """The profiles that a gallery shows to `viewer`, under the same rule."""
    profiles = Profile.objects.listed_to(viewer)
    return profiles.exclude(_closed_to(viewer, "user")) if viewer.is_authenticated else profiles


def profiles_to_suggest(user, name: str = "") -> ProfileQuerySet:
    """People whom `user` may ask to follow, and between whom and `user` nothing was ever asked, refused or blocked."""
    asked = apps.get_model("connections", "PersonFollow").objects.all()
    mine = asked.filter(follower_id=user.pk, followed=OuterRef("user"))
    refused = asked.refused_by(user).filter(follower=OuterRef("user"))
    others = Profile.objects.listed_to(user).exclude(user_id=user.pk)
    free = others.exclude(Exists(mine)).exclude(Exists(refused))
    return _with_words(without_blocks(free, user, "user"), "folded_name", name)


def without_blocks(people: Rows, viewer, column: str) -> Rows:
    """Rows whose person of `column` and `viewer` have not blocked each other, whoever began."""
    if not viewer.is_authenticated:
        return people
    blocks = _blocks()
    mine = blocks.filter(person_id=viewer.pk, blocked=OuterRef(column))
    theirs = blocks.filter(person=OuterRef(column), blocked_id=viewer.pk)
    return people.exclude(Exists(mine)).exclude(Exists(theirs))


def _closed_to(viewer, column: str) -> Q:
    """A profile for members whose owner, of `column`, has blocked `viewer`."""
    theirs = _blocks().filter(person=OuterRef(column), blocked_id=viewer.pk)
    return Q(Exists(theirs), visibility=Visibility.MEMBERS)


def _blocks() -> "BlockQuerySet":
    return apps.get_model("connections", "Block").objects.all()


def _with_words(rows: Rows, column: str, text: str) -> Rows:
    """Rows whose folded `column` has every word of `text`; a text without a letter or digit finds nothing."""
    words = fold(text).split()
    if text and not words:
        return rows.none()
    for word in words:
        rows = rows.filter(**{f"{column}__contains": word})
    return rows


class FollowQuerySet(models.QuerySet):
    def of(self, user) -> "FollowQuerySet":
        """What `user` follows; an anonymous visitor follows nothing."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def in_gallery(self) -> "FollowQuerySet":
        """Follows of badges that can be opened in the gallery."""
        published = apps.get_model("badges", "BadgeClass").objects.published()
        return self.filter(badge_class__in=published).select_related("badge_class__issuer")

    def named(self, text: str) -> "FollowQuerySet":
        return _with_words(self, "badge_class__folded_name", text)


class IssuerFollowQuerySet(models.QuerySet):
    def of(self, user) -> "IssuerFollowQuerySet":
        """The issuers that `user` follows; an anonymous visitor follows none."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def in_gallery(self) -> "IssuerFollowQuerySet":
        """Follows of issuers that have a page in the gallery."""
        issuers: IssuerQuerySet = apps.get_model("badges", "Issuer").objects.in_gallery()
        return self.filter(issuer__in=issuers).select_related("issuer")

    def with_badge_counts(self) -> "IssuerFollowQuerySet":
        """With `badges`: how many the gallery shows of the issuer."""
        published = apps.get_model("badges", "BadgeClass").objects.published()
        theirs = published.filter(issuer=OuterRef("issuer")).order_by().values("issuer")
        return self.annotate(badges=Subquery(theirs.annotate(number=Count("pk")).values("number")))

    def named(self, text: str) -> "IssuerFollowQuerySet":
        return _with_words(self, "issuer__folded_name", text)


class PersonFollowQuerySet(models.QuerySet):
    def of(self, user) -> "PersonFollowQuerySet":
        """Whom `user` follows: those who said yes, or did not have to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(follower_id=user.pk, state=FollowState.ACCEPTED)

    def asked_by(self, user) -> "PersonFollowQuerySet":
        """What `user` has asked and awaits. Those who refused are among them: a refusal is not told."""
        unanswered = [FollowState.ASKED, FollowState.REFUSED]
        return self.filter(follower_id=user.pk, state__in=unanswered, is_wanted=True)

    def visible_to(self, viewer) -> "PersonFollowQuerySet":
        """Follows of people whose profile `viewer` may still open, none of the two having blocked the other."""
        open_people = profiles_open_to(viewer).values("user")
        return without_blocks(self.filter(followed__in=open_people), viewer, "followed")

    def followers_of(self, user) -> "PersonFollowQuerySet":
        return self._towards(user, FollowState.ACCEPTED)

    def waiting_for(self, user) -> "PersonFollowQuerySet":
        """The questions that `user` has to answer."""
        return self._towards(user, FollowState.ASKED)

    def refused_by(self, user) -> "PersonFollowQuerySet":
        return self._towards(user, FollowState.REFUSED)

    def between(self, one, other) -> "PersonFollowQuerySet":
        return self.filter(Q(follower=one, followed=other) | Q(follower=other, followed=one))

    def with_open_followers(self, viewer) -> "PersonFollowQuerySet":
        """With `is_open`: whether `viewer` may open the follower's profile. Their name is told in any case."""
        opened = profiles_open_to(viewer).filter(user=OuterRef("follower"))
        return self.select_related("follower__profile__picture").annotate(is_open=Exists(opened))

    def whose_followed_is_named(self, text: str) -> "PersonFollowQuerySet":
        return _with_words(self, "followed__profile__folded_name", text)

    def whose_follower_is_named(self, text: str) -> "PersonFollowQuerySet":
        return _with_words(self, "follower__profile__folded_name", text)

    def too_many_of(self, user) -> bool:
        """Whether `user` has begun to follow, or asked to, as many people as one may in an hour."""
        since = timezone.now() - timedelta(hours=1)
        return self.filter(follower_id=user.pk, created_at__gte=since).count() >= FOLLOWS_PER_HOUR

    def _towards(self, user, state: FollowState) -> "PersonFollowQuerySet":
        towards = self.filter(followed_id=user.pk, state=state, follower__is_active=True)
        return without_blocks(towards, user, "follower")


class BlockQuerySet(models.QuerySet):
    def of(self, user) -> "BlockQuerySet":
        """Whom `user` has blocked."""
        return self.filter(person_id=user.pk)

    def between(self, one, other) -> "BlockQuerySet":
        """Whoever of the two began."""
        return self.filter(Q(person=one, blocked=other) | Q(person=other, blocked=one))

    def against(self, viewer, people) -> "BlockQuerySet":
        """Blocks of `viewer` by one of `people` (pks); an anonymous visitor is blocked by nobody."""
        return (
            self.filter(person__in=people, blocked_id=viewer.pk) if viewer.is_authenticated else self.none()
        )


class CommentQuerySet(models.QuerySet):
    def shown(self) -> "CommentQuerySet":
        """Comments of active accounts that no moderator has hidden, the newest first."""
        return self.filter(hidden_at=None, author__is_active=True).order_by("-created_at", "-pk")

    def about(self, badge_class) -> "CommentQuerySet":
        """What is said of a badge, with what signs it."""
        return self.shown().filter(badge_class=badge_class).select_related("author__profile__picture")

    def readable_by(self, viewer) -> "CommentQuerySet":
        """Without those whom a block separates from `viewer`."""
        return without_blocks(self, viewer, "author")

    def too_many_of(self, author) -> bool:
        """Whether `author` has written as much as one may in an hour."""
        since = timezone.now() - timedelta(hours=1)
        return self.filter(author=author, created_at__gte=since).count() >= COMMENTS_PER_HOUR


class ReportQuerySet(models.QuerySet):
    def unsettled(self) -> "ReportQuerySet":
        return self.filter(settled_at=None)

    def settled(self) -> "ReportQuerySet":
        return self.filter(settled_at__isnull=False)

    def about(self, report) -> "ReportQuerySet":
        """What is told of the same as `report`."""
        return self.filter(what=report.what, subject=report.subject)

    def too_many_of(self, reporter) -> bool:
        since = timezone.now() - timedelta(hours=1)
        return self.filter(reporter=reporter, created_at__gte=since).count() >= REPORTS_PER_HOUR
