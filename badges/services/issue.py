from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges.enums import LineOutcome
from badges.exceptions import NotPossible
from badges.lists import Line
from badges.models import Assertion, BadgeClass, Batch, BatchLine
from notifications.models import Message
from notifications.services import outbox

CHUNK = 500
SAMPLE = 10


@dataclass
class Report:
    """What became of a list, by line."""

    created: int = 0
    already: int = 0
    duplicates: int = 0
    invalid: list[Line] = field(default_factory=list)
    sample: list[tuple[Line, LineOutcome]] = field(default_factory=list)
    batch_id: int = 0

    @property
    def total(self) -> int:
        return self.created + self.already + self.duplicates + len(self.invalid)


@transaction.atomic
def issue(*, badge_class: BadgeClass, lines: Iterable[Line], source: str, by: User | None = None) -> Report:
    """Awards a badge to every valid line of a list and queues their mails, all or nothing.

    An address that has the badge already, or that the list repeats, gets nothing twice; every line keeps its outcome.
    Raises NotPossible for a badge that is not published, and what reading `lines` raises.
    """
    # Two organisers with the same list: the second waits here, then finds everything done.
    badge_class = (
        BadgeClass.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=badge_class.pk)
    )
    _require_published(badge_class)
    batch = Batch.objects.create(badge_class=badge_class, created_by=by, source=source[:120])
    report = Report(batch_id=batch.pk)
    seen: set[str] = set()
    for chunk in _chunks(lines):
        _issue_chunk(badge_class, chunk, seen, report)
    return report


def examine(*, badge_class: BadgeClass, lines: Iterable[Line]) -> Report:
    """What `issue` would do now, by line; nothing is written. Raises what it raises."""
    _require_published(badge_class)
    report, seen = Report(), set[str]()
    for chunk in _chunks(lines):
        _count(report, _judge(chunk, _held(badge_class, chunk), seen))
    return report


def _require_published(badge_class: BadgeClass) -> None:
    if badge_class.published_at is None or badge_class.published_at > timezone.now():
        raise NotPossible(_("This badge is not published. Publish it, then award it."))


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _issue_chunk(badge_class: BadgeClass, lines: list[Line], seen: set[str], report: Report) -> None:
    held = _held(badge_class, lines)
    outcomes = _judge(lines, held, seen)
    new = {
        line.number: _award(badge_class, line) for line, outcome in outcomes if outcome == LineOutcome.CREATED
    }
    Assertion.objects.bulk_create(new.values())
    messages = {number: invitation(assertion) for number, assertion in new.items()}
    Message.objects.bulk_create(messages.values())
    ids = {line.number: held[line.address] for line, outcome in outcomes if outcome == LineOutcome.ALREADY}
    ids |= {number: assertion.pk for number, assertion in new.items()}
    BatchLine.objects.bulk_create(
        BatchLine(
            batch_id=report.batch_id,
            number=line.number,
            value=line.value,
            name=line.name,
            outcome=outcome,
            reason=line.reason,
            assertion_id=ids.get(line.number),
            message=messages.get(line.number),
        )
        for line, outcome in outcomes
    )
    _count(report, outcomes)


def _held(badge_class: BadgeClass, lines: list[Line]) -> dict[str, int]:
    """The living awards of this badge to the addresses of `lines`."""
    addresses = {line.address for line in lines if not line.reason}
    living = Assertion.objects.filter(badge_class=badge_class, revoked_at=None, folded_address__in=addresses)
    return dict(living.values_list("folded_address", "pk"))


def _judge(lines: list[Line], held: dict[str, int], seen: set[str]) -> list[tuple[Line, LineOutcome]]:
    outcomes = []
    for line in lines:
        if line.reason:
            outcome = LineOutcome.INVALID
        elif line.address in seen:
            outcome = LineOutcome.DUPLICATE
        else:
            outcome = LineOutcome.ALREADY if line.address in held else LineOutcome.CREATED
            seen.add(line.address)
        outcomes.append((line, outcome))
    return outcomes


def _award(badge_class: BadgeClass, line: Line) -> Assertion:
    now = timezone.now()
    assertion = Assertion(
        badge_class=badge_class,
        recipient_address=line.address,
        recipient_name=line.name,
        issued_at=now,
        expires_at=now + timedelta(days=badge_class.valid_days) if badge_class.valid_days else None,
        claim_until=now + timedelta(days=settings.CLAIM_DAYS),
    )
    assertion.fold()
    return assertion


def invitation(assertion: Assertion) -> Message:
    """The mail « Obtenir mon badge » of an award, unsaved: one for each generation of its link."""
    return outbox.prepare(
        key=f"invitation:{assertion.uid}:{assertion.generation}",
        kind="invitation",
        address=assertion.recipient_address,
        context={"assertion": str(assertion.uid)},
    )


def _count(report: Report, outcomes: list[tuple[Line, LineOutcome]]) -> None:
    report.invalid += [line for line, outcome in outcomes if outcome == LineOutcome.INVALID]
    values = [outcome for _line, outcome in outcomes]
    report.created += values.count(LineOutcome.CREATED)
    report.already += values.count(LineOutcome.ALREADY)
    report.duplicates += values.count(LineOutcome.DUPLICATE)
    valid = [(line, outcome) for line, outcome in outcomes if outcome != LineOutcome.INVALID]
    report.sample += valid[: SAMPLE - len(report.sample)]
