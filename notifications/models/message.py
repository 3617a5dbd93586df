from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.enums import Delivery, MessageState, Priority
from notifications.querysets import MessageQuerySet
from notifications.tokens import message_id


class Message(models.Model):
    """One mail of the outbox: what it is about, not its text. Written in the transaction that caused it."""

    key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=50)
    address = models.EmailField(_("address"), max_length=254)
    context = models.JSONField(_("context"), default=dict, blank=True)
    priority = models.SmallIntegerField(_("priority"), choices=Priority, default=Priority.ORDINARY)
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    leased_until = models.DateTimeField(_("held by a worker until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    delivery = models.CharField(
        _("delivery"), max_length=10, choices=Delivery, default=Delivery.UNKNOWN, blank=True
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                fields=["priority", "due_at", "id"],
                name="message_waiting",
                condition=Q(state=MessageState.QUEUED),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="message_state_known",
                condition=Q(state__in=MessageState.values),
                violation_error_message=_("This state does not exist."),
            ),
            models.CheckConstraint(
                name="message_sent_has_date",
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at=None)),
                violation_error_message=_("A sent message, and no other, has a date of sending."),
            ),
            models.CheckConstraint(
                name="message_delivery_known",
                condition=Q(delivery__in=Delivery.values),
                violation_error_message=_("This state does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def message_id(self) -> str:
        return message_id(self.pk)
