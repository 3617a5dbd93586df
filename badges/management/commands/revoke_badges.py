import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from badges import lists
from badges.enums import RevocationReason
from badges.exceptions import NotPossible
from badges.lists import Line
from badges.management.shared import NOTHING_READ, SOME_REFUSED, badge_of, bar, content_of
from badges.models import Assertion, BadgeClass
from badges.services.naming import Named, named
from badges.services.revoke import revoke_listed


class Command(BaseCommand):
    help = (
        "Revokes a badge, for good, of the people of a list (CSV or XLSX: e-mail, name), of some addresses, or of "
        "everybody; who holds it is told. Twice revokes nothing twice. Ends with 0 when everybody was known, 3 when "
        "some had no such badge (the others are revoked), 2 when nothing could be read."
    )

    def add_arguments(self, parser):
        parser.add_argument("--badge", required=True, metavar="SLUG", help="the badge, as in its address")
        parser.add_argument(
            "--reason", required=True, choices=RevocationReason.values, help="told to the public"
        )
        parser.add_argument("file", nargs="?", help="the list, or - for standard input")
        parser.add_argument(
            "--address", action="append", metavar="E-MAIL", help="one person; may be repeated"
        )
        parser.add_argument("--all", action="store_true", help="everybody who was awarded this badge")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")

    def handle(self, *, badge: str, reason: str, dry_run: bool, **options):
        try:
            badge_class = badge_of(badge)
            found = _people(badge_class, options["file"], options["address"], everybody=options["all"])
        except NotPossible as refusal:
            raise CommandError(str(refusal), returncode=NOTHING_READ) from refusal
        revoked = len(found.living)
        if not dry_run:
            revoked = revoke_listed(
                keys=sorted(found.living),
                reason=RevocationReason(reason),
                by=None,
                progress=bar(self.stderr),
            )
        write = _as_json if options["json"] else _as_text
        self.stdout.write(write(found, revoked, dry_run))
        if found.unknown:
            sys.exit(SOME_REFUSED)


def _people(
    badge_class: BadgeClass, file: str | None, addresses: list[str] | None, *, everybody: bool
) -> Named:
    if [file is not None, bool(addresses), everybody].count(True) != 1:
        raise NotPossible(_("Say whose badges: a file, --address or --all, one of the three."))
    if everybody:
        awards = Assertion.objects.filter(badge_class=badge_class)
        living = set(awards.filter(revoked_at=None).values_list("pk", flat=True))
        return Named(living=living, withdrawn=awards.filter(revoked_at__isnull=False).count())
    if file is not None:
        return named(badge_class=badge_class, lines=lists.open_list(content_of(file)).lines)
    given = addresses or []
    lines = [Line(n, value, "", lists.refusal(value, "")) for n, value in enumerate(given, start=1)]
    return named(badge_class=badge_class, lines=lines)


def _as_json(found: Named, revoked: int, _dry_run: bool) -> str:
    report = {"revoked": revoked, "already": found.withdrawn, "unknown": found.unknown}
    return json.dumps(report, ensure_ascii=False)


def _as_text(found: Named, revoked: int, dry_run: bool) -> str:
    if dry_run:
        done = ngettext("%(count)s badge would be revoked.", "%(count)s badges would be revoked.", revoked)
    else:
        done = ngettext("%(count)s badge is revoked.", "%(count)s badges are revoked.", revoked)
    before = ngettext("%(count)s was revoked before.", "%(count)s were revoked before.", found.withdrawn)
    return "\n".join(
        [
            *(
                _("“%(value)s”: nobody has this badge by this address.") % {"value": value}
                for value in found.unknown
            ),
            done % {"count": revoked},
            before % {"count": found.withdrawn},
        ]
    )
