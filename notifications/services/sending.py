"""Sends what waits in the outbox: at least once, never in doubt silently (exactly once does not exist over SMTP)."""

import logging
import smtplib
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from notifications.enums import MessageState
from notifications.models import Message
from notifications.registry import renderers

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
BACKOFF = [timedelta(minutes=m) for m in (1, 5, 30, 120, 480, 1440, 1440, 1440)]
BATCH = 20


def send_due(*, limit: int = BATCH, stopping: Callable[[], bool] = lambda: False) -> int:
    """Sends at most `limit` due messages over one connection; returns how many were tried.

    `stopping` is asked between two mails: what is left then goes back to the outbox.
    """
    messages = _lease(limit)
    if messages:
        backend = get_connection()
        try:
            for message in messages:
                if stopping():
                    _release(message)
                elif _renew(message):
                    _send(message, backend)
        finally:
            backend.close()
    return len(messages)


@transaction.atomic
def _lease(limit: int) -> list[Message]:
    """Takes messages for this worker; after a kill they are free again when the lease ends."""
    now = timezone.now()
    due = Message.objects.due(now)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    messages = list(due[:limit])
    Message.objects.filter(pk__in=[m.pk for m in messages]).update(leased_until=now + LEASE)
    for message in messages:
        message.leased_until = now + LEASE
    return messages


def _renew(message: Message) -> bool:
    """A full lease for the mail in hand; False when a slow server made another worker take it over."""
    held = Message.objects.filter(pk=message.pk, state=MessageState.QUEUED, leased_until=message.leased_until)
    message.leased_until = timezone.now() + LEASE
    return held.update(leased_until=message.leased_until) == 1


def _release(message: Message) -> None:
    Message.objects.filter(pk=message.pk, leased_until=message.leased_until).update(leased_until=None)


def _send(message: Message, backend: BaseEmailBackend) -> None:
    try:
        with override(settings.LANGUAGE_CODE):
            mail = renderers[message.kind](message)
        if mail is None:
            return _cancel(message)
        # Opened here, or the backend would open and close a connection for each mail.
        backend.open()
        backend.send_messages([_address(mail, message)])
    except (OperationalError, InterfaceError):
        raise  # the database is away: no fault of the mail, which is taken up again when its lease ends
    except Exception as error:  # whatever went wrong with one mail, the others go on
        backend.close()
        _put_off(message, error)
    else:
        message.state, message.sent_at = MessageState.SENT, timezone.now()
        message.error, message.leased_until, message.context = "", None, _without_secret(message.context)
        message.attempts += 1
        message.save(update_fields=["state", "sent_at", "error", "leased_until", "context", "attempts"])
    return None


def _address(mail: EmailMultiAlternatives, message: Message) -> EmailMultiAlternatives:
    mail.to = [message.address]
    mail.extra_headers = {
        **mail.extra_headers,
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
    }
    return mail


def _cancel(message: Message) -> None:
    message.state, message.leased_until = MessageState.CANCELLED, None
    message.context = _without_secret(message.context)
    message.save(update_fields=["state", "leased_until", "context"])


def _put_off(message: Message, error: Exception) -> None:
    """A refusal for good (5xx) fails at once; anything else is tried again, later and later, for five days."""
    message.attempts += 1
    message.error, message.leased_until = _describe(error), None
    if _is_final(error) or message.attempts > len(BACKOFF):
        message.state, message.context = MessageState.FAILED, _without_secret(message.context)
    else:
        message.due_at = timezone.now() + BACKOFF[message.attempts - 1]
    message.save(update_fields=["attempts", "error", "leased_until", "state", "due_at", "context"])
    logger.warning("message %s: attempt %s: %s", message.pk, message.attempts, type(error).__name__)


def _is_final(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _without_secret(context: dict) -> dict:
    """A sign-in code does not stay in the database once its mail has left."""
    return {key: value for key, value in context.items() if key != "secret"}
