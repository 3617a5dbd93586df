from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.enums import BatchState, LineOutcome, SharedAddress
from badges.models.assertion import Assertion
from badges.models.badge_class import BadgeClass
from badges.querysets import BatchQuerySet


class Batch(models.Model):
    """An organiser's list: read, checked, then sent in the background. Every line keeps an outcome.

    The file itself (`raw`, compressed) is kept while its organiser checks it, so that other columns can be chosen; it
    goes when the list is sent, or with the draft after a day.
    """

    badge_class = models.ForeignKey(
        BadgeClass, models.PROTECT, related_name="batches", verbose_name=_("badge")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("sent by")
    )
    created_at = models.DateTimeField(_("sent on"), default=timezone.now)
    source = models.CharField(_("source"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.DRAFT)
    starts_at = models.DateTimeField(
        _("day and hour of sending"), null=True, blank=True, help_text=_("Empty: at once.")
    )
    subject = models.CharField(_("subject of the e-mail"), max_length=150, blank=True)
    shared = models.CharField(
        _("several people with one address"),
        max_length=10,
        choices=SharedAddress,
        default=SharedAddress.SKIP,
    )
    # How the list was read, as `lists.Reading.describe()` says it.
    reading = models.JSONField(default=dict, editable=False)
    raw = models.BinaryField(null=True, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["starts_at", "id"], name="batch_sending", condition=Q(state=BatchState.SENDING)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="batch_state_known",
                condition=Q(state__in=BatchState.values, shared__in=SharedAddress.values),
                violation_error_message=_("This state does not exist."),
            ),
            models.CheckConstraint(
                name="batch_keeps_file_as_draft_only",
                condition=Q(raw=None) | Q(state=BatchState.DRAFT),
                violation_error_message=_("The file of a list goes when the list is sent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.badge_class} – {timezone.localtime(self.created_at):%Y-%m-%d}"

    @property
    def is_draft(self) -> bool:
        return self.state == BatchState.DRAFT


class BatchLine(models.Model):
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    value = models.CharField(_("address read"), max_length=300)
    name = models.CharField(_("name"), max_length=160, blank=True)
    issued_on = models.DateField(_("awarded on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=LineOutcome)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    proposal = models.CharField(_("proposed address"), max_length=254, blank=True)
    # The organiser has seen that the address is odd, and wants it.
    kept = models.BooleanField(_("kept as it is"), default=False)
    assertion = models.ForeignKey(
        Assertion, models.SET_NULL, null=True, blank=True, related_name="lines", verbose_name=_("award")
    )
    # The last mail about the award: its invitation, or the one that was sent again, or a reminder.
    message = models.ForeignKey(
        "notifications.Message", models.SET_NULL, null=True, blank=True, verbose_name=_("message")
    )

    class Meta:
        verbose_name = _("line of a list")
        verbose_name_plural = _("lines of a list")
        ordering = ["number"]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="batch_line_by_outcome")]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="batch_line_number_unique",
                violation_error_message=_("This line is already there."),
            ),
            models.CheckConstraint(
                name="batch_line_outcome_known",
                condition=Q(outcome__in=LineOutcome.values),
                violation_error_message=_("This outcome does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.value}"
