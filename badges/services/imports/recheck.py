"""Kept badges are verified again: each day, more seldom while their issuer does not answer, and when asked.

An award that its issuer has withdrawn is withdrawn here too, for good, as one of this site's own is: it leaves lists,
counts and profiles, and its page says so. One that is found to be no good is shown to its holder alone. Nobody is
written to: the issuer is not a customer of this site.
"""

import logging
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from badges.enums import EventKind, RevocationReason
from badges.exceptions import NotPossible
from badges.formats.documents import Documents
from badges.formats.report import Report, Verdict
from badges.models import ImportedBadge
from badges.services import change
from badges.services.events import log
from badges.services.imports import doubt, due, known, pictures, prove
from badges.services.imports.attempts import attempt
from badges.services.imports.pictures import Copied
from badges.services.imports.read import crowded
from badges.verification import store
from badges.verification.judge import judge
from badges.verification.ours import Ours
from badges.verification.sources import Network
from badges.verification.turns import Busy, Turn

logger = logging.getLogger(__name__)

# In the background a sign-in code may be waiting behind it; somebody who asks waits longer.
SECONDS, SECONDS_ASKED = 5.0, 15.0
LEASE = timedelta(minutes=10)
# Only the address that it came from proves such a badge (Open Badges 0.5).
BY_SOURCE = "ob0-hosted"


def advance_due() -> int:
    """Verifies one badge whose time has come, for the worker; returns how many: 1, or 0 when none is due."""
    imported = _take()
    if imported is None:
        return 0
    recheck(imported=imported)
    return 1


def recheck(*, imported: ImportedBadge) -> ImportedBadge:
    """Verifies a kept badge again, as it was given, writing what is found. Raises NotPossible: others were faster."""
    return _written(imported, *_judged(imported, Ours(Network(seconds=SECONDS))))


def recheck_now(*, imported: ImportedBadge) -> ImportedBadge:
    """The same while its holder waits for it. Raises NotPossible, and writes nothing, when too many wait already."""
    try:
        with Turn(Network(seconds=SECONDS_ASKED)) as network:
            judged = _judged(imported, Ours(network))
    except Busy as busy:
        raise NotPossible(crowded()) from busy
    return _written(imported, *judged)


def _judged(imported: ImportedBadge, source: Documents) -> tuple[Report, Copied | None]:
    """What the verification says, and its picture where the badge has just been proved."""
    report = judge(_given(imported), recipients=[imported.assertion.recipient_address], documents=source)
    if report.facts and prove.is_due(imported.assertion, report):
        return report, pictures.copied(report.facts.image, bytes(imported.original), source)
    return report, None


def _take() -> ImportedBadge | None:
    """The badge that has waited longest, on loan: another worker takes another, and after a kill it comes again."""
    now = timezone.now()
    waiting = ImportedBadge.objects.filter(due_at__lte=now).order_by("due_at")
    first = waiting.values_list("pk", "due_at").first()
    if first is None:
        return None
    mine = ImportedBadge.objects.filter(pk=first[0], due_at=first[1]).update(due_at=now + LEASE)
    rows = ImportedBadge.objects.select_related("assertion__badge_class__issuer")
    return rows.get(pk=first[0]) if mine else None


def _given(imported: ImportedBadge) -> bytes | str:
    by_source = imported.source and imported.report.get("format") == BY_SOURCE
    return imported.source if by_source else bytes(imported.original)


def _written(imported: ImportedBadge, report: Report, copied: Copied | None) -> ImportedBadge:
    refusal = _("This badge could not be verified again at this moment. Try again.")
    return attempt(lambda: _write(imported, report, copied), refusal)


def _write(imported: ImportedBadge, report: Report, copied: Copied | None) -> ImportedBadge:
    assertion = change.lock(imported.assertion)
    row = ImportedBadge.objects.select_for_update().defer("original").get(pk=imported.pk)
    now = timezone.now()
    if known.is_confirmed(report):
        row.copies = {**row.copies, **store.copies(report)}
    else:
        # What an issuer said that is now out of reach is still what the badge says.
        report.facts = store.load(row.report).facts or report.facts
    row.report = store.dump(report) | {"written": row.report.get("written", "")}
    row.verdict, row.verified_at = report.verdict, now
    for name, value in due.after(
        report.verdict, now, failures=row.failures, since=row.unreachable_since
    ).items():
        setattr(row, name, value)
    row.save(
        update_fields=[
            "copies", "report", "verdict", "verified_at", "due_at", "failures", "unreachable_since"
        ]
    )  # fmt: skip
    if copied and report.facts and prove.is_due(assertion, report):
        prove.prove(assertion, report, report.facts, copied)
    doubt.hide(assertion, report.verdict)
    if report.facts and doubt.is_due(assertion, report):
        doubt.detach(assertion, report, report.facts)
    if report.verdict == Verdict.REVOKED and not assertion.is_revoked:
        logger.info("imported award %s: withdrawn by its issuer", assertion.uid)
        change.write(assertion, revoked_at=now, revocation_reason=RevocationReason.OTHER)
        log(assertion=assertion, kind=EventKind.REVOKED, after=RevocationReason.OTHER)
    return row
