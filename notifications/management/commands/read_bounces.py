import imaplib
import json
import mailbox
import sys
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from notifications import bounces, mailboxes
from notifications.exceptions import DATABASE_AWAY
from notifications.services.bounces import Noted, note

# What sysexits.h calls EX_TEMPFAIL: a mail server that pipes a mail keeps it and tries again.
LATER = 75


class Command(BaseCommand):
    help = (
        "Reads the mail that servers have returned and notes which mails were rejected: from a Maildir or mbox, "
        "from standard input (one mail), or from the IMAP folder of BOUNCE_URL."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", nargs="?", choices=["-"], help="- reads one mail from standard input")
        parser.add_argument("--mailbox", type=Path, metavar="PATH", help="a Maildir or an mbox file")
        parser.add_argument("--dry-run", action="store_true", help="write and mark nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")

    def handle(self, *, source: str | None, mailbox: Path | None, dry_run: bool, **options):
        counted = self.read(self.opened(source, mailbox), dry_run=dry_run)
        counts = {noted.value: counted[noted] for noted in Noted}
        self.stdout.write(json.dumps(counts) if options["json"] else self.told(counts))

    def opened(self, source: str | None, path: Path | None) -> AbstractContextManager[mailboxes.Mailbox]:
        if source:
            return nullcontext(mailboxes.Pipe(sys.stdin.buffer.read()))
        if path and not path.exists():
            raise CommandError(_("There is no mailbox at %(path)s.") % {"path": path})
        if path:
            return mailboxes.at_path(path)
        if settings.BOUNCE_URL:
            return mailboxes.at_url(settings.BOUNCE_URL)
        raise CommandError(_("Say where returned mail is: --mailbox PATH, - or the setting BOUNCE_URL."))

    def read(self, opened: AbstractContextManager[mailboxes.Mailbox], *, dry_run: bool) -> Counter[Noted]:
        counted: Counter[Noted] = Counter()
        try:
            with opened as box:
                for name, raw in box.unread():
                    noted = note(report=bounces.read(raw), dry_run=dry_run)
                    counted[noted] += 1
                    # What is not ours stays as it is, for whoever reads that mailbox.
                    if noted not in {Noted.UNKNOWN, Noted.OTHER} and not dry_run:
                        box.mark(name)
        except (OSError, imaplib.IMAP4.error, mailbox.Error, *DATABASE_AWAY) as error:
            # What was noted stays noted, and is recognised when it is read again.
            raise CommandError(f"{type(error).__name__}: {error}", returncode=LATER) from error
        return counted

    def told(self, counts: dict[str, int]) -> str:
        return (
            _(
                "%(bounced)s rejected, %(delivered)s delivered, %(delayed)s delayed, %(already)s noted before, "
                "%(unknown)s about no mail of this site, %(other)s that are no report."
            )
            % counts
        )
