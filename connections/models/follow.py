from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.models import BadgeClass, Issuer
from connections.enums import FollowState
from connections.querysets import FollowQuerySet, IssuerFollowQuerySet, PersonFollowQuerySet


class BadgeFollow(models.Model):
    """« Vous suivez ce badge »."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="badge_follows")
    badge_class = models.ForeignKey(BadgeClass, models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed badge")
        verbose_name_plural = _("followed badges")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "badge_class"],
                name="badge_follow_once",
                violation_error_message=_("You follow this badge already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.badge_class}"


class IssuerFollow(models.Model):
    """« Vous suivez cet émetteur »."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="issuer_follows")
    issuer = models.ForeignKey(Issuer, models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = IssuerFollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed issuer")
        verbose_name_plural = _("followed issuers")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "issuer"],
                name="issuer_follow_once",
                violation_error_message=_("You follow this issuer already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.issuer}"


class PersonFollow(models.Model):
    """A person follows another one: at once where the profile is public, with their consent where it is for members.

    A refusal stays, so that the question is not put again. Who asked is not told of it: to them it is a question that
    waits, which they may take back (`is_wanted`) and put again without anybody being asked anew.
    """

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows_of_people")
    followed = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followed_by")
    state = models.CharField(_("state"), max_length=10, choices=FollowState, default=FollowState.ASKED)
    created_at = models.DateTimeField(_("asked on"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    is_wanted = models.BooleanField(_("still asked"), default=True, editable=False)

    objects = PersonFollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed person")
        verbose_name_plural = _("followed people")
        indexes = [
            models.Index(fields=["followed", "state", "-created_at"], name="person_follow_by_followed")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "followed"],
                name="person_follow_once",
                violation_error_message=_("You follow this person already, or have asked to."),
            ),
            models.CheckConstraint(
                name="person_follow_of_another",
                condition=~Q(follower=F("followed")),
                violation_error_message=_("One does not follow oneself."),
            ),
            models.CheckConstraint(
                name="person_follow_state_known",
                condition=Q(state__in=FollowState.values),
                violation_error_message=_("This state does not exist."),
            ),
            models.CheckConstraint(
                name="person_follow_answer_has_date",
                condition=Q(state=FollowState.ASKED, answered_at=None)
                | (~Q(state=FollowState.ASKED) & Q(answered_at__isnull=False)),
                violation_error_message=_("An answer, and nothing else, has a date."),
            ),
            models.CheckConstraint(
                name="person_follow_unwanted_is_refused",
                condition=Q(is_wanted=True) | Q(state=FollowState.REFUSED),
                violation_error_message=_("What is taken back is deleted, but for a refusal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follower} – {self.followed}"
