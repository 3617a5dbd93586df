"""What the outbox writes on every mail that leaves."""

from email.header import Header

from django.core.mail import EmailMultiAlternatives

from notifications.models import Message
from notifications.tokens import return_address


def address(mail: EmailMultiAlternatives, message: Message) -> EmailMultiAlternatives:
    mail.to = [message.address]
    mail.subject = _foldable(str(mail.subject))
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if envelope := return_address(message.pk):
        # Django takes the sender of the envelope from here and the header from there.
        headers["From"] = mail.extra_headers.get("From", mail.from_email)
        mail.from_email = envelope
    mail.extra_headers = {**mail.extra_headers, **headers}
    return mail


def _foldable(subject: str) -> str:
    """Encoded here, since Django folds a long subject right after its name; with a line break, left to be refused."""
    if subject.isascii() or len(subject.splitlines()) > 1:
        return subject
    return Header(subject, "utf-8", header_name="Subject").encode(linesep="")
