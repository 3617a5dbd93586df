import os
from email.utils import make_msgid

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmlBackend(BaseEmailBackend):
    """Writes each mail to the data folder as an .eml file: a fresh clone needs no mail server."""

    def send_messages(self, email_messages):
        settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            message = mail.message()
            name = (message.get("Message-ID") or make_msgid()).strip("<>").replace("/", "_")
            target = settings.MAIL_DIR / f"{name}.eml"
            # Renamed when complete: a reader never meets half a mail, and a repeat replaces its twin.
            draft = target.with_suffix(f".{os.getpid()}.part")
            draft.write_bytes(message.as_bytes(linesep="\r\n"))
            draft.replace(target)
        return len(email_messages)
