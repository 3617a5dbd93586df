"""What became of a list: totals, and every line with the answer of the person and the state of the mail."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from badges.admin.forms import LineSearch
from badges.enums import AssertionState, LineOutcome, Visibility
from badges.models import Assertion, Batch, BatchLine
from notifications.enums import MessageState
from passport.lib.folding import fold, fold_address

PER_PAGE = 50
# Below, a total would tell on persons.
LEAST_TOTAL = 5

LIVING = Q(assertion__isnull=False, assertion__revoked_at=None)
FILTERS = {
    "pending": LIVING & Q(assertion__state=AssertionState.PENDING),
    "accepted": LIVING & Q(assertion__state=AssertionState.ACCEPTED),
    "declined": LIVING & Q(assertion__state=AssertionState.DECLINED),
    "revoked": Q(assertion__revoked_at__isnull=False),
    "queued": Q(message__state=MessageState.QUEUED),
    "failed": Q(message__state=MessageState.FAILED),
    "duplicate": Q(outcome=LineOutcome.DUPLICATE),
    "invalid": Q(outcome=LineOutcome.INVALID),
}


@dataclass(frozen=True)
class Verdict:
    """A state in words, and its colour: ok, late or no."""

    text: str
    kind: str


def batch_context(batch: Batch, asked: Mapping) -> dict:
    search = LineSearch(asked, states=_states())
    wanted = search.cleaned_data if search.is_valid() else {}
    lines = _found(batch.lines.all(), wanted.get("q", ""), wanted.get("state", ""))
    lines = lines.select_related("assertion", "message").order_by("number")
    page = Paginator(lines, PER_PAGE).get_page(wanted.get("page") or 1)
    totals = _totals(batch)
    date = formats.date_format(timezone.localtime(batch.created_at), "DATE_FORMAT")
    return {
        "title": _("Sending of %(date)s") % {"date": date},
        "batch": batch,
        "badge_class": batch.badge_class,
        "search": search,
        "query": f"q={wanted.get('q', '')}&state={wanted.get('state', '')}",
        "page": page,
        "rows": [(line, _answer(line), _mail(line)) for line in page],
        "totals": totals,
        "public": totals["public"] if totals["public"] >= LEAST_TOTAL else None,
    }


def _states() -> list[tuple[str, str]]:
    return [
        ("pending", _("Pending")),
        ("accepted", _("Accepted")),
        ("declined", _("Declined")),
        ("revoked", _("Revoked")),
        ("queued", _("Mail queued")),
        ("failed", _("Mail failed")),
        ("duplicate", _("Duplicate in the list")),
        ("invalid", _("Refused line")),
    ]


def _found(lines: QuerySet[BatchLine], text: str, state: str) -> QuerySet[BatchLine]:
    if state:
        lines = lines.filter(FILTERS[state])
    if text:
        by_address = Q(value__icontains=text) | Q(assertion__folded_address__contains=fold_address(text))
        by_name = Q(name__icontains=text)
        for word in fold(text).split():
            named = Q(assertion__folded_name__contains=word)
            by_name |= named
        lines = lines.filter(by_address | by_name)
    return lines


def _totals(batch: Batch) -> dict[str, int]:
    """Numbers of persons; who has the badge already counts with those of this list."""
    of_list = batch.lines.aggregate(
        lines=Count("pk"),
        created=Count("pk", filter=Q(outcome=LineOutcome.CREATED)),
        already=Count("pk", filter=Q(outcome=LineOutcome.ALREADY)),
        sent=Count("pk", filter=Q(message__state=MessageState.SENT)),
        cancelled=Count("pk", filter=Q(message__state=MessageState.CANCELLED)),
        **{name: Count("pk", filter=condition) for name, condition in FILTERS.items()},
    )
    of_list["public"] = Assertion.objects.shown_to(Visibility.PUBLIC).filter(lines__batch=batch).count()
    return of_list


def _answer(line: BatchLine) -> Verdict:
    if line.outcome == LineOutcome.INVALID:
        return Verdict(line.reason, "no")
    assertion = line.assertion
    if assertion is None:
        return Verdict(line.get_outcome_display(), "late")
    if assertion.is_revoked:
        return Verdict(_("Revoked"), "no")
    kinds = {AssertionState.ACCEPTED: "ok", AssertionState.PENDING: "late", AssertionState.DECLINED: "no"}
    return Verdict(assertion.get_state_display(), kinds[AssertionState(assertion.state)])


def _mail(line: BatchLine) -> Verdict | None:
    if line.message is None:
        return Verdict(line.get_outcome_display(), "late") if line.outcome == LineOutcome.ALREADY else None
    kinds = {MessageState.SENT: "ok", MessageState.FAILED: "no"}
    return Verdict(line.message.get_state_display(), kinds.get(MessageState(line.message.state), "late"))
