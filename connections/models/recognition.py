"""What people say to the holder of a badge: « félicitations », recommendations, and the requests for these."""

import hashlib
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.models import Assertion
from connections.enums import RecognitionState, RequestState
from connections.recognition_querysets import (
    CongratulationQuerySet,
    RecognitionQuerySet,
    RecognitionRequestQuerySet,
    RecognitionStopQuerySet,
)
from passport.lib.folding import fold, fold_address

REQUEST_DAYS = 30
MAX_TEXT = 2_000
MAX_MESSAGE = 600
MAX_SKILL = 80


def last_day():
    return timezone.now() + timedelta(days=REQUEST_DAYS)


class Congratulation(models.Model):
    """« Féliciter »: a gesture to a person. Its holder sees who; others see how many."""

    assertion = models.ForeignKey(Assertion, models.CASCADE, related_name="congratulations")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="congratulations")
    created_at = models.DateTimeField(_("congratulated on"), default=timezone.now)

    objects = CongratulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("congratulation")
        verbose_name_plural = _("congratulations")
        constraints = [
            models.UniqueConstraint(
                fields=["assertion", "author"],
                name="congratulation_once",
                violation_error_message=_("You have congratulated already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.author} – {self.assertion}"


class RecognitionRequest(models.Model):
    """A holder asks for a recommendation of their badge: a member, or an address without account."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assertion = models.ForeignKey(Assertion, models.CASCADE, related_name="recognition_requests")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recognition_requests")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="asked_to_recognise"
    )
    # Shown to nobody but who has typed it.
    address = models.EmailField(_("address"), max_length=254, blank=True)
    folded_address = models.CharField(max_length=254, blank=True, editable=False)
    message = models.TextField(_("message"), max_length=MAX_MESSAGE, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    created_at = models.DateTimeField(_("asked on"), default=timezone.now)
    expires_at = models.DateTimeField(_("until"), default=last_day)

    objects = RecognitionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a recommendation")
        verbose_name_plural = _("requests for a recommendation")
        indexes = [models.Index(fields=["folded_address", "created_at"], name="request_by_address")]
        constraints = [
            models.UniqueConstraint(
                fields=["assertion", "member"],
                name="request_once_per_member",
                violation_error_message=_("You have asked this person already."),
            ),
            models.UniqueConstraint(
                fields=["assertion", "folded_address"],
                condition=~Q(folded_address=""),
                name="request_once_per_address",
                violation_error_message=_("You have asked this person already."),
            ),
            models.CheckConstraint(
                name="request_to_member_or_address",
                condition=Q(member__isnull=False, folded_address="")
                | (Q(member=None) & ~Q(folded_address="")),
                violation_error_message=_("A request goes to a member or to an address."),
            ),
            models.CheckConstraint(
                name="request_to_another",
                condition=Q(member=None) | ~Q(member=F("holder")),
                violation_error_message=_("One does not ask oneself."),
            ),
            models.CheckConstraint(
                name="request_state_known",
                condition=Q(state__in=RequestState.values),
                violation_error_message=_("This state does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    def save(self, *args, **kwargs):
        self.folded_address = fold_address(self.address)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of the member who is asked."""
        return reverse("recognition:asked", args=[self.uid])

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN and not self.is_over

    @property
    def is_withdrawable(self) -> bool:
        return self.state not in {RequestState.ANSWERED, RequestState.WITHDRAWN}

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()


class Recognition(models.Model):
    """What somebody writes of a badge that a person holds, or of a skill of theirs. Read once this person, `holder`,
    accepts it.

    `author` has an account; else `request` is what invited the writer. The name is the one that it was signed with.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assertion = models.ForeignKey(
        Assertion, models.CASCADE, null=True, blank=True, related_name="recognitions", verbose_name=_("badge")
    )
    # Instead of a badge: a word or two, as their first author wrote them.
    skill = models.CharField(_("skill"), max_length=MAX_SKILL, blank=True)
    folded_skill = models.CharField(max_length=2 * MAX_SKILL, blank=True, editable=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recognitions", verbose_name=_("holder")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="recognitions_written",
        verbose_name=_("author"),
    )
    author_name = models.CharField(_("name of the author"), max_length=170)
    request = models.OneToOneField(
        RecognitionRequest, models.CASCADE, null=True, blank=True, related_name="recognition"
    )
    text = models.TextField(_("recommendation (Markdown)"), max_length=MAX_TEXT)
    state = models.CharField(
        _("state"), max_length=10, choices=RecognitionState, default=RecognitionState.WAITING
    )
    shown = models.BooleanField(_("shown to others"), default=False)
    written_at = models.DateTimeField(_("written on"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden on"), null=True, blank=True)
    # The signed EndorsementCredential, byte for byte; empty until it is accepted.
    credential = models.TextField(blank=True, editable=False)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        indexes = [
            models.Index(fields=["assertion", "-written_at", "-id"], name="recognition_by_badge"),
            models.Index(fields=["author", "-written_at", "-id"], name="recognition_by_author"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assertion", "author"],
                name="recognition_once_per_author",
                violation_error_message=_("You have recommended this badge already."),
            ),
            models.UniqueConstraint(
                fields=["holder", "author", "folded_skill"],
                condition=~Q(folded_skill=""),
                name="recognition_once_per_skill",
                violation_error_message=_("You have recommended this skill already."),
            ),
            models.CheckConstraint(
                name="recognition_of_badge_or_skill",
                condition=Q(assertion__isnull=False, folded_skill="")
                | (Q(assertion=None) & ~Q(folded_skill="")),
                violation_error_message=_("A recommendation is of a badge, or of a skill."),
            ),
            models.CheckConstraint(
                name="recognition_of_another",
                condition=Q(author=None) | ~Q(author=F("holder")),
                violation_error_message=_("One does not recommend oneself."),
            ),
            models.CheckConstraint(
                name="recognition_has_author",
                condition=Q(author__isnull=False) | Q(request__isnull=False),
                violation_error_message=_(
                    "A recommendation is written by a member or by somebody who was asked."
                ),
            ),
            models.CheckConstraint(
                name="recognition_state_known",
                condition=Q(state__in=RecognitionState.values),
                violation_error_message=_("This state does not exist."),
            ),
            models.CheckConstraint(
                name="recognition_answer_has_date",
                condition=Q(state=RecognitionState.WAITING, answered_at=None)
                | (~Q(state=RecognitionState.WAITING) & Q(answered_at__isnull=False)),
                violation_error_message=_("An answer, and nothing else, has a date."),
            ),
            models.CheckConstraint(
                name="recognition_shown_is_accepted",
                condition=Q(shown=False) | Q(state=RecognitionState.ACCEPTED),
                violation_error_message=_("Only what the holder has accepted is shown."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:50]

    def save(self, *args, **kwargs):
        self.folded_skill = fold(self.skill)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of its author."""
        return reverse("recognition:written", args=[self.uid])

    @property
    def about(self) -> str:
        """The name of the badge, or the skill."""
        return self.assertion.recognises.name if self.assertion else self.skill

    @property
    def digest(self) -> str:
        """What the holder answers to: words that change under their eyes are not accepted by mistake."""
        return hashlib.sha256(f"{self.author_name}\n{self.text}".encode()).hexdigest()[:16]

    @property
    def told_state(self) -> str:
        """What its author learns: nobody is told of a refusal."""
        return (
            RecognitionState.ACCEPTED if self.state == RecognitionState.ACCEPTED else RecognitionState.WAITING
        )


class RecognitionStop(models.Model):
    """« Ne plus recevoir »: an address to which no request leaves any more, whoever asks."""

    folded_address = models.CharField(_("address"), max_length=254)
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = RecognitionStopQuerySet.as_manager()

    class Meta:
        verbose_name = _("address that wants no more requests")
        verbose_name_plural = _("addresses that want no more requests")
        constraints = [
            models.UniqueConstraint(
                fields=["folded_address"],
                name="recognition_stop_once",
                violation_error_message=_("This address receives no more requests already."),
            )
        ]

    def __str__(self) -> str:
        return self.folded_address
