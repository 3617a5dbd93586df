import signal
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection

from notifications.services.background import AWAY, advance_jobs, tidy
from notifications.services.sending import send_due

IDLE_SECONDS = 1.0
TIDY_SECONDS = 3600.0


class Command(BaseCommand):
    help = (
        "Sends the outgoing mail that waits, sign-in codes first, and advances the lists that are being sent. "
        "Runs until it is stopped; several may run side by side."
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
                tidy()
            if not advance_jobs() + self.send():
                if until_empty:
                    return
                time.sleep(IDLE_SECONDS)

    def send(self) -> int:
        try:
            return send_due(stopping=lambda: self.stopping)
        except AWAY as error:  # the database is away: it is asked again
            self.stderr.write(f"worker: {error}")
            connection.close()
            return 0

    def stop(self, *args):
        """Finishes the mail in hand, then ends."""
        self.stopping = True
