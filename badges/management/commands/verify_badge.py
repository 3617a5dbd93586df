import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from badges.formats.documents import Documents
from badges.formats.pdf import MAX_BYTES
from badges.formats.report import Read, Report, Verdict
from badges.verification.judge import judge
from badges.verification.ours import Ours
from badges.verification.sources import Files, Network
from badges.verification.words import message
from badges.verification.words.verdicts import WORDS

# None of the statuses of a verdict.
NOTHING_READ = 3
STATUSES = {Verdict.AUTHENTIC: 0, Verdict.UNREACHABLE: 2, Verdict.UNVERIFIABLE: 2}
MARKS = {True: "✓", False: "✗", None: "?"}
# What a badge says is written to a terminal: nothing in it may steer that.
STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Command(BaseCommand):
    help = (
        "Says whether a badge is genuine: a PNG, SVG, PDF, JSON or JWT file, or an http(s) address. Ends with 0 when "
        "it is authentic; 1 when it is revoked, expired, not yet valid, modified, invalid or no badge; 2 when the "
        "issuer is out of reach or nothing can be proved; 3 when the file or an option cannot be read. Writes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("badge", metavar="PATH_OR_URL", help="a file, or an address")
        parser.add_argument("--recipient", metavar="EMAIL", help="whose badge it must be")
        parser.add_argument(
            "--at", metavar="TIME", help="the moment to judge, like 2025-06-30T12:00:00Z; now if left out"
        )
        parser.add_argument(
            "--documents",
            metavar="FILE",
            help="a JSON object of address to file (relative to it), read instead of the network; this site's own "
            "addresses are answered from its database",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")

    def handle(self, *, badge: str, recipient: str | None, at: str | None, documents: str | None, **options):
        report = judge(
            _given(badge),
            at=_moment(at) if at is not None else None,
            recipients=[] if recipient is None else [recipient],
            documents=Ours(Network() if documents is None else _files(Path(documents))),
        )
        if options["json"]:
            self.stdout.write(_as_json(report))
        else:
            for line in _as_lines(report):
                self.stdout.write(STEERING.sub("\ufffd", line))
        sys.exit(STATUSES.get(report.verdict, 1))


def _given(badge: str) -> bytes | str:
    if badge.lower().startswith(("http://", "https://")):
        return badge
    return _content(Path(badge), MAX_BYTES)


def _content(path: Path, limit: int) -> bytes:
    """The bytes of a file; of one too heavy, enough to be refused."""
    try:
        with path.open("rb") as opened:
            return opened.read(limit + 1)
    except (OSError, ValueError) as error:
        raise _refusal(_("The file “%(file)s” cannot be opened. Check its path.") % {"file": path}) from error


def _moment(text: str) -> datetime:
    """A moment of ISO 8601; without a zone it is the site's."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise _refusal(_("“%(time)s” is no moment. Write it like 2025-06-30T12:00:00Z.") % {"time": text})
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _files(path: Path) -> Documents:
    content = _content(path, MAX_BYTES)
    try:
        listed = json.loads(content)
    except (ValueError, RecursionError):
        listed = None
    if not isinstance(listed, dict) or not all(isinstance(file, str) for file in listed.values()):
        raise _refusal(
            _("The file “%(file)s” must be a JSON object of address to path of file.") % {"file": path}
        )
    return Files({address: path.parent / file for address, file in listed.items()})


def _refusal(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=NOTHING_READ)


def _as_json(report: Report) -> str:
    """ASCII alone: for any terminal, any locale and any program."""
    return json.dumps(
        {
            "verdict": report.verdict,
            "format": report.format,
            "checks": [
                {"id": check.id, "ok": check.ok, "message": message(check)} for check in report.checks
            ],
        }
    )


def _as_lines(report: Report) -> Iterator[str]:
    word = WORDS[report.verdict]
    yield _("Verdict: %(verdict)s") % {"verdict": word.label}
    yield str(word.meaning)
    for check in report.checks:
        yield f"{MARKS[check.ok]} {message(check)}"
    if report.reads:
        yield _("Read:")
    for read in report.reads:
        yield f"- {_read(read)}"


def _read(read: Read) -> str:
    what = {"address": read.address, "when": date_format(timezone.localtime(read.at), "DATETIME_FORMAT")}
    if read.status is None:
        return _("%(address)s, %(when)s: nothing came") % what
    return _("%(address)s, %(when)s: answer %(status)s, SHA-256 %(sum)s") % {
        **what, "status": read.status, "sum": read.sha256,
    }  # fmt: skip
