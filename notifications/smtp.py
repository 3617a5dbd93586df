"""SMTP that tells a server in trouble from a mail in trouble, and never takes longer over a mail than its lease."""

import re
import smtplib
import threading
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from notifications.exceptions import Refused, ServerAway

# Of the lease of a mail: beyond, the conversation is cut, or another worker would send the mail too.
PATIENCE = 0.8
BOTH_WAYS = 2
# About this mail alone, whatever else is true of the mails from us.
ITS_OWN_FAULT = {501, 552, 555}
LIMIT = re.compile(r"rate|too many|too much|limit|throttl|quota|4\.5\.3|4\.3\.[12]", re.IGNORECASE)
ONE_MAILBOX = re.compile(r"4\.2\.\d|mailbox|user|recipient", re.IGNORECASE)
GREYLIST = re.compile(r"gr[ae]y", re.IGNORECASE)


class Conversation(smtplib.SMTP):
    """Knows whether the mail in hand was begun, and is patient with what follows its text: there, doubt doubles."""

    begun = False
    carried = 0

    def sendmail(self, *args, **options):
        self.begun = False
        cut = threading.Timer(settings.OUTBOX_LEASE * PATIENCE, self._cut)
        cut.daemon = True
        cut.start()
        try:
            refused = super().sendmail(*args, **options)
        finally:
            cut.cancel()
        self.carried += 1
        return refused

    def mail(self, sender, options=()):
        answer = super().mail(sender, options)
        self.begun = answer[0] == 250
        return answer

    def data(self, msg):
        if self.sock:
            self.sock.settimeout(settings.OUTBOX_LEASE)
        try:
            return super().data(msg)
        finally:
            if self.sock:
                self.sock.settimeout(self.timeout)

    def _cut(self) -> None:
        """A server that answers letter by letter never lets a time-out come."""
        sock = self.sock
        if sock:
            with suppress(OSError):
                sock.shutdown(BOTH_WAYS)


class SecureConversation(Conversation, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """Raises ServerAway, Refused, or, when nobody knows whether the mail left, the error as it came."""

    connection: Conversation | None

    @property
    def connection_class(self):
        return SecureConversation if self.use_ssl else Conversation

    @property
    def used(self) -> bool:
        """Whether the connection has carried a mail: when it is lost then, the server may well take another."""
        return bool(self.connection and self.connection.carried)

    def open(self):
        try:
            opened = super().open()
            if self.connection:
                self.connection.ehlo_or_helo_if_needed()
            return opened
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise ServerAway(describe(error)) from error

    def close(self):
        with suppress(smtplib.SMTPException, OSError):
            super().close()

    def _send(self, email_message: EmailMessage) -> bool:
        try:
            return super()._send(email_message)  # type: ignore[misc]
        except (smtplib.SMTPException, OSError) as error:
            raise self._judge(error) from error

    def _judge(self, error: Exception) -> Exception:
        answers = _answers(error)
        begun = (self.connection and self.connection.begun) or any(
            code in ITS_OWN_FAULT for code, _text in answers
        )
        if not begun or any(code == 421 for code, _text in answers):
            return ServerAway(describe(error))
        if not answers:
            return error
        final = all(code >= 500 for code, _text in answers) and not isinstance(
            error, smtplib.SMTPSenderRefused
        )
        return Refused(describe(error), final=final, busy=any(_is_limit(*answer) for answer in answers))


def describe(error: Exception) -> str:
    """What the server said, or what befell the connection."""
    answers = "; ".join(f"{code} {text}" for code, text in _answers(error))
    return answers or f"{type(error).__name__}: {error}"


def _answers(error: Exception) -> list[tuple[int, str]]:
    pairs: list[tuple[int, bytes | str]] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        pairs = [*error.recipients.values()]
    elif isinstance(error, smtplib.SMTPResponseException):
        pairs = [(error.smtp_code, error.smtp_error)]
    return [(code, _text(said)) for code, said in pairs]


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _is_limit(code: int, text: str) -> bool:
    """An answer that asks for a slower pace, not for another try of this one mail."""
    if not 400 <= code < 500 or ONE_MAILBOX.search(text) or GREYLIST.search(text):
        return False
    return code == 452 or LIMIT.search(text) is not None
