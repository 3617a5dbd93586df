import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from badges.exceptions import NotPossible
from badges.management.shared import NOTHING_READ, badge_of, bar
from badges.models import Assertion, Batch
from badges.querysets import AssertionQuerySet
from badges.services.remind import obstacle_words, remind


class Command(BaseCommand):
    help = (
        "Reminds those who have not answered, of one badge, of one list or of the whole site: never twice within "
        "seven days, never those who declined or want no more e-mails. Once more reminds nobody twice. Ends with 0, "
        "or with 2 when the badge or the list does not exist."
    )

    def add_arguments(self, parser):
        parser.add_argument("--badge", metavar="SLUG", help="only this badge, as in its address")
        parser.add_argument("--batch", type=int, metavar="ID", help="only this list, as in its address")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")

    def handle(self, *, badge: str | None, batch: int | None, dry_run: bool, **options):
        try:
            awards = _awards(badge, batch)
        except NotPossible as refusal:
            raise CommandError(str(refusal), returncode=NOTHING_READ) from refusal
        counts = awards.reminder_obstacles(timezone.now())
        reminded = counts.pop("", 0)
        if not dry_run:
            reminded = remind(assertions=awards, by=None, progress=bar(self.stderr))
        if options["json"]:
            self.stdout.write(json.dumps({"reminded": reminded, "not": dict(sorted(counts.items()))}))
        else:
            self.stdout.write(_as_text(reminded, counts, dry_run))


def _awards(slug: str | None, batch_id: int | None) -> AssertionQuerySet:
    awards = Assertion.objects.all()
    if slug is not None:
        awards = awards.filter(badge_class=badge_of(slug))
    if batch_id is not None:
        if not Batch.objects.filter(pk=batch_id).exists():
            raise NotPossible(_("No list has the number %(number)s. Check --batch.") % {"number": batch_id})
        # By a subquery: a list may name an award on two of its lines.
        awards = awards.filter(pk__in=Assertion.objects.filter(lines__batch=batch_id).values("pk"))
    return awards


def _as_text(reminded: int, counts: dict[str, int], dry_run: bool) -> str:
    if dry_run:
        done = ngettext(
            "%(count)s reminder would be queued.", "%(count)s reminders would be queued.", reminded
        )
    else:
        done = ngettext("%(count)s reminder is queued.", "%(count)s reminders are queued.", reminded)
    kept = [text % {"count": counts[reason]} for reason, text in obstacle_words().items() if reason in counts]
    return "\n".join([done % {"count": reminded}, *kept])
