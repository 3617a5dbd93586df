import signal
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from notifications.services.sending import send_due

IDLE_SECONDS = 1.0
TIDY_SECONDS = 3600.0


class Command(BaseCommand):
    help = (
        "Sends the outgoing mail that waits, sign-in codes first. Runs until it is stopped; "
        "several may run side by side."
    )

    stopping = False

    def add_arguments(self, parser):
        parser.add_argument("--until-empty", action="store_true", help="end when nothing is due")

    def handle(self, *, until_empty: bool, **options):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        tidy_at = 0.0
        while not self.stopping:
            close_old_connections()
            if time.monotonic() >= tidy_at:
                tidy_at = time.monotonic() + TIDY_SECONDS
                self.tidy()
            try:
                tried = send_due(stopping=lambda: self.stopping)
            except (OperationalError, InterfaceError) as error:  # the database is away: it is asked again
                self.stderr.write(f"worker: {error}")
                connection.close()
                tried = 0
            if not tried:
                if until_empty:
                    return
                time.sleep(IDLE_SECONDS)

    def tidy(self):
        """Sessions that have ended leave the database, and with them what they held."""
        try:
            call_command("clearsessions")
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"worker: {error}")
            connection.close()

    def stop(self, *args):
        """Finishes the mail in hand, then ends."""
        self.stopping = True
