import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from badges import lists
from badges.exceptions import NotPossible
from badges.management.shared import NOTHING_READ, SOME_REFUSED, badge_of, bar, content_of
from badges.services import presets
from badges.services.issue import Report, examine, issue


class Command(BaseCommand):
    help = (
        "Awards a badge to the participants of a list (CSV or XLSX: e-mail, name) and queues their mails. Once for "
        "each address: the same list twice awards nothing twice. Ends with 0 when every line was understood, 3 when "
        "some were refused (the others are awarded), 2 when nothing could be read."
    )

    def add_arguments(self, parser):
        parser.add_argument("--badge", required=True, metavar="SLUG", help="the badge, as in its address")
        parser.add_argument("file", help="the list, or - for standard input")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")

    def handle(self, *, badge: str, file: str, dry_run: bool, **options):
        try:
            badge_class = badge_of(badge)
            lines = lists.open_list(content_of(file), presets=presets.known_to(None)).lines
            if dry_run:
                report = examine(badge_class=badge_class, lines=lines)
            else:
                source, progress = Path(file).name, bar(self.stderr)
                report = issue(badge_class=badge_class, lines=lines, source=source, progress=progress)
        except NotPossible as refusal:
            raise CommandError(str(refusal), returncode=NOTHING_READ) from refusal
        if options["json"]:
            self.stderr.writelines(f"{sentence}\n" for sentence in _doubts(report))
        self.stdout.write(_as_json(report) if options["json"] else _as_text(report, dry_run=dry_run))
        if report.invalid:
            sys.exit(SOME_REFUSED)


def _as_json(report: Report) -> str:
    return json.dumps(
        {
            "created": report.created,
            "already": report.already,
            "invalid": [
                {"line": line.number, "value": line.value, "reason": line.reason} for line in report.invalid
            ],
            "duplicates": report.duplicates,
        },
        ensure_ascii=False,
    )


def _as_text(report: Report, *, dry_run: bool) -> str:
    sentences = [
        _("Line %(number)s, “%(value)s”: %(reason)s")
        % {"number": line.number, "value": line.value, "reason": line.reason}
        for line in report.invalid
    ]
    sentences += _doubts(report)
    if dry_run:
        created = ngettext(
            "%(count)s badge would be sent.", "%(count)s badges would be sent.", report.created
        )
    else:
        created = ngettext("%(count)s badge is queued.", "%(count)s badges are queued.", report.created)
    already, duplicates, refused = report.already, report.duplicates, len(report.invalid)
    totals = [
        (created, report.created),
        (ngettext("%(count)s person has it already.", "%(count)s people have it already.", already), already),
        (ngettext("%(count)s duplicate.", "%(count)s duplicates.", duplicates), duplicates),
        (ngettext("%(count)s line refused.", "%(count)s lines refused.", refused), refused),
    ]
    return "\n".join([*sentences, *(sentence % {"count": count} for sentence, count in totals)])


def _doubts(report: Report) -> list[str]:
    """Nobody is there to answer for odd addresses: they are sent, and told."""
    return [
        _("Line %(number)s, “%(value)s”: sent as it is; did you mean %(proposal)s?")
        % {"number": line.number, "value": line.value, "proposal": line.proposal}
        for line in report.suspect
    ]
