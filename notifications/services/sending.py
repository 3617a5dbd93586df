"""Sends what waits in the outbox: at least once, never in doubt silently (exactly once does not exist over SMTP)."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from notifications.enums import MessageState
from notifications.envelope import address
from notifications.exceptions import DATABASE_AWAY, Refused, ServerAway
from notifications.models import Message
from notifications.patience import Circuit, Pace
from notifications.registry import renderers

logger = logging.getLogger(__name__)

BATCH = 20
SHORT_WAIT = 1.0
NOTE_AGAIN = 0.2


def send_due(*, limit: int = BATCH, stopping: Callable[[], bool] = lambda: False) -> int:
    """Sends at most `limit` due messages; returns how many were tried."""
    return Postman().deliver(limit=limit, stopping=stopping)


class Postman:
    """One worker's way to the mail server, with what it knows of the server's troubles."""

    def __init__(self) -> None:
        self.circuit = Circuit()
        self.pace = Pace(settings.MAIL_PER_MINUTE)
        self.doubtful = False
        # Seconds before mails that are due are tried; 0 when none is, or nothing stands in their way.
        self.held_back = 0.0

    def deliver(self, *, limit: int = BATCH, stopping: Callable[[], bool] = lambda: False) -> int:
        """Sends at most `limit` due messages over one connection; returns how many were tried.

        One at a time is taken, so that a sign-in code passes before all that waits, and a mail's lease covers its own
        conversation alone. `stopping` is asked between two mails.
        """
        self.held_back = 0.0
        if not Message.objects.due(timezone.now()).exists():
            return 0
        tried = 0
        if not self.circuit.wait:
            backend = get_connection()
            try:
                while tried < limit and not stopping() and self._may_go_on() and self._deliver_one(backend):
                    tried += 1
            finally:
                backend.close()
        if Message.objects.due(timezone.now()).exists():
            self.held_back = max(self.circuit.wait, self.pace.wait)
        return tried

    def _may_go_on(self) -> bool:
        wait = self.pace.wait
        if self.circuit.wait or wait > SHORT_WAIT:
            return False
        time.sleep(wait)
        return True

    def _deliver_one(self, backend: BaseEmailBackend) -> bool:
        """False when no mail is due any more, or the server is away."""
        try:
            # Before a mail is taken: it is not in hand while a server takes its time to greet.
            backend.open()
        except ServerAway as error:
            self._lose(error)
            return False
        message = _lease()
        if message is not None:
            self.pace.spend()
            self._send(message, backend)
        return message is not None

    def _send(self, message: Message, backend: BaseEmailBackend) -> None:
        try:
            mail = _render(message)
            if mail is None:
                return _cancel(message)
            backend.send_messages([mail])
        except DATABASE_AWAY:
            raise  # the database is away: no fault of the mail, which is taken up again when its lease ends
        except ServerAway as error:
            _give_back(message)
            if not getattr(backend, "used", False):
                self._lose(error)
            backend.close()
        except Exception as error:  # whatever went wrong with one mail, the others go on
            if isinstance(error, Refused) and error.busy:
                self._lose(error)
            elif isinstance(error, Refused):
                self._mend()
            else:
                self._doubt(error)
                backend.close()
            _put_off(message, error)
        else:
            self._mend()
            _note_sent(message)
        return None

    def _doubt(self, error: Exception) -> None:
        """The mail may have left. Twice in a row it is the server's doing: each further try could double a mail."""
        if isinstance(error, SMTPException | OSError):
            if self.doubtful:
                self._lose(error)
            self.doubtful = True

    def _mend(self) -> None:
        self.doubtful = False
        self.circuit.mend()

    def _lose(self, error: Exception) -> None:
        self.circuit.fail()
        logger.warning("mail server: %s; next try in %.0f s", error, self.circuit.wait)


@transaction.atomic
def _lease() -> Message | None:
    """Takes the next message for this worker; after a kill it is free again when the lease ends."""
    now = timezone.now()
    due = Message.objects.due(now)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    message = due.first()
    if message is not None:
        message.leased_until = now + timedelta(seconds=settings.OUTBOX_LEASE)
        message.save(update_fields=["leased_until"])
    return message


def _render(message: Message) -> EmailMultiAlternatives | None:
    with override(settings.LANGUAGE_CODE):
        mail = renderers[message.kind](message)
    return mail and address(mail, message)


def _note_sent(message: Message) -> None:
    """Asks a database that is away until the lease ends: what is not noted leaves again."""
    end = time.monotonic() + settings.OUTBOX_LEASE
    while True:
        try:
            return _write_sent(message)
        except DATABASE_AWAY:
            if time.monotonic() > end:
                raise
            connection.close_if_unusable_or_obsolete()
            time.sleep(NOTE_AGAIN)


def _write_sent(message: Message) -> None:
    # Even when the lease was lost to another worker: it has left.
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.SENT,
        sent_at=timezone.now(),
        error="",
        leased_until=None,
        context=_without_secret(message.context),
        attempts=message.attempts + 1,
    )


def _cancel(message: Message) -> None:
    _settle(message, state=MessageState.CANCELLED, context=_without_secret(message.context))


def _give_back(message: Message) -> None:
    """Nothing is counted; the others go first, in case it is this mail that the server cannot stand."""
    _settle(message, due_at=timezone.now())


def _put_off(message: Message, error: Exception) -> None:
    """A refusal for good (5xx) fails at once; anything else is tried again, later and later, for five days."""
    attempts = message.attempts + 1
    final = isinstance(error, Refused) and error.final
    then: dict[str, object]
    if final or attempts > len(settings.OUTBOX_BACKOFF):
        then = {"state": MessageState.FAILED, "context": _without_secret(message.context)}
    else:
        then = {"due_at": timezone.now() + timedelta(seconds=settings.OUTBOX_BACKOFF[attempts - 1])}
    _settle(message, attempts=attempts, error=_describe(error), **then)
    logger.warning("message %s: attempt %s: %s", message.pk, attempts, type(error).__name__)


def _settle(message: Message, **changes: object) -> None:
    """Ends what this worker held, unless its lease has ended and another has taken over."""
    held = Message.objects.filter(pk=message.pk, state=MessageState.QUEUED, leased_until=message.leased_until)
    held.update(leased_until=None, **changes)


def _describe(error: Exception) -> str:
    return (str(error) if isinstance(error, Refused) else f"{type(error).__name__}: {error}")[:500]


def _without_secret(context: dict) -> dict:
    """A sign-in code does not stay in the database once its mail has left."""
    return {key: value for key, value in context.items() if key != "secret"}
