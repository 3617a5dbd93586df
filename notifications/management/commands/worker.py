import signal
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connection
from django.utils.translation import gettext as _

from notifications.exceptions import DATABASE_AWAY
from notifications.services.background import advance_jobs, advance_spare_jobs, tidy
from notifications.services.sending import Postman

IDLE_SECONDS = 1.0
TIDY_SECONDS = 3600.0
# Failures in a row of the mail server, or of the database, after which --until-empty waits no longer (1 + 2 + 4 s).
PATIENCE = 4


class Command(BaseCommand):
    help = (
        "Sends the outgoing mail that waits, sign-in codes first, and advances the lists that are being sent. "
        "Runs until it is stopped; several may run side by side."
    )

    stopping = False
    # Turns in a row in which the database was away.
    away = 0

    def add_arguments(self, parser):
        parser.add_argument("--until-empty", action="store_true", help="end when nothing is due")

    def handle(self, *, until_empty: bool, **options):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        self.postman = Postman()
        tidy_at = 0.0
        while not self.stopping:
            close_old_connections()
            if time.monotonic() >= tidy_at:
                tidy_at = time.monotonic() + TIDY_SECONDS
                tidy()
            if not (advance_jobs() + self.send() or advance_spare_jobs()):
                if until_empty and self.may_end():
                    return
                time.sleep(min(IDLE_SECONDS, self.postman.held_back or IDLE_SECONDS))

    def send(self) -> int:
        try:
            done = self.postman.deliver(stopping=lambda: self.stopping)
        except DATABASE_AWAY as error:  # the database is away: it is asked again
            self.stderr.write(f"worker: {error}")
            connection.close()
            self.away += 1
            return 0
        self.away = 0
        return done

    def may_end(self) -> bool:
        if self.away >= PATIENCE:
            raise CommandError(_("The database cannot be reached."))
        if not self.away and not self.postman.held_back:
            return True
        if self.postman.circuit.failures >= PATIENCE:
            raise CommandError(_("The mail server cannot be reached: what is due stays in the outbox."))
        return False

    def stop(self, *args):
        """Finishes the mail in hand, then ends."""
        self.stopping = True
