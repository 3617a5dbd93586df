"""An organiser's list before it is sent: read, judged, corrected. No award and no mail is written."""

import zlib
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges import lists
from badges.enums import LineOutcome
from badges.exceptions import NotPossible
from badges.lists import Columns, Line
from badges.lists.read import MAX_VALUE
from badges.models import BadgeClass, Batch, BatchLine
from badges.services import presets
from badges.services.judge import Judge, Verdict
from passport.lib.folding import clean
from passport.lib.typography import grouped

WRITTEN_AT_ONCE = 1_000
DRAFT_HOURS = 24


def draft(
    *, badge_class: BadgeClass, raw: bytes, source: str, by: User | None = None, most: int | None = None
) -> Batch:
    """Reads a list and says what each line would do. Raises NotPossible, also for more than `most` lines."""
    require_published(badge_class)
    reading = lists.open_list(raw, presets=presets.known_to(by))
    batch = Batch(
        badge_class=badge_class,
        created_by=by,
        source=clean(source)[:120],
        reading=reading.describe(),
        raw=zlib.compress(raw),
    )
    return _fill(batch, bounded(reading.lines, most))


def draft_lines(
    *, badge_class: BadgeClass, lines: Iterable[Line], source: str, by: User | None, asking: bool
) -> Batch:
    """A draft of lines that were read already. `asking`: somebody will answer for odd addresses."""
    require_published(badge_class)
    batch = Batch(badge_class=badge_class, created_by=by, source=clean(source)[:120])
    return _fill(batch, lines, asking=asking)


def choose_columns(*, batch: Batch, columns: Columns, by: User, most: int | None = None) -> Batch:
    """Reads a draft's file again with other columns, which are remembered for the organiser's next lists.

    Corrections made before are lost with the lines that they corrected.
    """
    raw = Batch.objects.drafts().values_list("raw", flat=True).filter(pk=batch.pk).first()
    if raw is None:
        raise NotPossible(_("This list has been sent, or is too old. Give it again."))
    reading = lists.open_list(zlib.decompress(bytes(raw)), columns=columns)
    with transaction.atomic():
        locked = lock_draft(batch)
        locked.lines.all().delete()
        locked.reading = reading.describe()
        presets.remember(owner=by, source=locked.source, reading=locked.reading)
        return _fill(locked, bounded(reading.lines, most))


@transaction.atomic
def correct(
    *,
    batch: Batch,
    values: dict[int, str] | None = None,
    kept: Iterable[int] = (),
    shared: str | None = None,
) -> Batch:
    """Writes the organiser's corrections to a draft (addresses by number of line, odd addresses to keep as they are,
    what becomes of shared addresses) and judges all its lines again. Raises NotPossible when it is no draft."""
    batch = lock_draft(batch)
    if shared is not None:
        batch.shared = shared
        batch.save(update_fields=["shared"])
    values, kept = values or {}, set(kept)
    changed = [
        line
        for line in batch.lines.filter(number__in=[*values, *kept])
        if clean(values.get(line.number, line.value)) != line.value or (line.number in kept) != line.kept
    ]
    for line in changed:
        _correct(line, values.get(line.number, line.value), kept=line.number in kept)
    _write_corrections(changed)
    _judge_again(batch)
    return batch


@transaction.atomic
def take_proposals(*, batch: Batch) -> Batch:
    """Corrects every odd address of a draft to the one that was probably meant, and judges all lines again."""
    batch = lock_draft(batch)
    suspects = list(batch.lines.filter(outcome=LineOutcome.SUSPECT))
    for line in suspects:
        _correct(line, line.proposal, kept=False)
    _write_corrections(suspects)
    _judge_again(batch)
    return batch


@transaction.atomic
def discard(*, batch: Batch) -> None:
    """Forgets a draft: its lines and its file."""
    lock_draft(batch).delete()


def purge() -> None:
    """Forgets drafts that were left for DRAFT_HOURS: a list of addresses is not kept for nothing."""
    old = timezone.now() - timedelta(hours=DRAFT_HOURS)
    Batch.objects.drafts().filter(created_at__lt=old).defer("raw").delete()


def lock_draft(batch: Batch) -> Batch:
    """The draft as it is now, held until the end of the transaction. Raises NotPossible when it is sent or gone."""
    found = (
        Batch.objects.drafts()
        .select_for_update(of=("self",), no_key=True)
        .select_related("badge_class__issuer")
        .defer("raw")
        .filter(pk=batch.pk)
        .first()
    )
    if found is None:
        raise NotPossible(_("This list has been sent, or is too old. Give it again."))
    return found


def require_published(badge_class: BadgeClass) -> None:
    if badge_class.iri:
        raise NotPossible(_("This badge comes from another site: it is awarded there."))
    if badge_class.published_at is None or badge_class.published_at > timezone.now():
        raise NotPossible(_("This badge is not published. Publish it, then award it."))


def bounded(lines: Iterable[Line], most: int | None) -> Iterator[Line]:
    for count, line in enumerate(lines, 1):
        if most is not None and count > most:
            raise NotPossible(
                _("This list has more than %(most)s lines. Cut it in parts and send each of them.")
                % {"most": grouped(most)}
            )
        yield line


@transaction.atomic
def _fill(batch: Batch, lines: Iterable[Line], *, asking: bool = True) -> Batch:
    batch.save()
    judge = Judge(batch.badge_class, shared=batch.shared, asking=asking)
    written: list[BatchLine] = []
    for verdict in judge.verdicts(lines):
        written.append(_line(batch, verdict))
        if len(written) == WRITTEN_AT_ONCE:
            BatchLine.objects.bulk_create(written)
            written = []
    BatchLine.objects.bulk_create(written)
    return batch


def _line(batch: Batch, verdict: Verdict) -> BatchLine:
    line = verdict.line
    return BatchLine(
        batch=batch,
        number=line.number,
        value=line.value,
        name=line.name,
        issued_on=line.issued_on,
        reason=line.reason,
        proposal=line.proposal,
        outcome=verdict.outcome,
        assertion_id=verdict.assertion_id,
    )


def _correct(line: BatchLine, value: str, *, kept: bool) -> None:
    # A day that cannot be read, for example: another address does not mend that.
    other = "" if lists.refusal(line.value, line.name) else line.reason
    line.value, line.kept = clean(value)[:MAX_VALUE], kept
    line.reason = lists.refusal(line.value, line.name) or other
    line.proposal = "" if line.reason else lists.proposal(as_line(line).address)


def _write_corrections(changed: list[BatchLine]) -> None:
    BatchLine.objects.bulk_update(changed, ["value", "kept", "reason", "proposal"], WRITTEN_AT_ONCE)


def as_line(line: BatchLine) -> Line:
    """A row of a list as it was when it was read."""
    return Line(
        line.number,
        line.value,
        line.name,
        reason=line.reason,
        issued_on=line.issued_on,
        ignored=line.outcome == LineOutcome.IGNORED,
        proposal=line.proposal,
        kept=line.kept,
    )


def _judge_again(batch: Batch) -> None:
    rows = {row.number: row for row in batch.lines.order_by("number")}
    judge = Judge(batch.badge_class, shared=batch.shared, asking=True)
    moved = []
    for verdict in judge.verdicts(as_line(row) for row in rows.values()):
        row = rows[verdict.line.number]
        if (row.outcome, row.assertion_id) != (verdict.outcome, verdict.assertion_id):
            row.outcome, row.assertion_id = verdict.outcome, verdict.assertion_id
            moved.append(row)
    BatchLine.objects.bulk_update(moved, ["outcome", "assertion"], WRITTEN_AT_ONCE)
