import sys

from django.core.management.base import BaseCommand

from badges.services.rebuild import Drift, rebuild

# Names and addresses of people stay out of terminals and logs.
PRIVATE = ("award ", "profile ")


class Command(BaseCommand):
    help = (
        "Counts recipients and folds search text afresh, and reports every row that had drifted. "
        "With --dry-run it writes nothing and exits with 1 when something has drifted; "
        "without, it mends, and exits with 1 only when a row could not be mended. Running it twice changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")

    def handle(self, *args, dry_run: bool, **options):
        drifted = refused = 0
        for drift in rebuild(dry_run=dry_run):
            drifted += 1
            refused += drift.refused
            self.stdout.write(_line(drift))
        self.stdout.write(f"{drifted} row(s) drifted" + (", nothing written" if dry_run else ", mended"))
        if refused or (dry_run and drifted):
            sys.exit(1)


def _line(drift: Drift) -> str:
    hidden = drift.row.startswith(PRIVATE)
    changes = [
        name if hidden else f"{name} {str(old)[:60]} -> {str(new)[:60]}" for name, old, new in drift.changes
    ]
    return f"{drift.row}: {', '.join(changes)}" + (" (REFUSED: it would collide)" if drift.refused else "")
