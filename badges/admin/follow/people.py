"""The people of a list or of a badge, each in the state that its organiser may know: never who sees the badge."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from badges.enums import AssertionState, EventKind, LineOutcome
from badges.models import Assertion, AwardEvent, BadgeClass, Batch, BatchLine, OptOut
from badges.querysets import AssertionQuerySet
from notifications.enums import WAITING, Delivery, MessageState
from notifications.models import Message
from passport.lib.folding import fold, fold_address


@dataclass(frozen=True)
class Paths:
    """How conditions reach the award and its last mail: from a line of a list, or from the award itself."""

    award: str
    mail: str
    base: Q

    def of_award(self, **lookups: object) -> Q:
        return Q(**{self.award + lookup: value for lookup, value in lookups.items()})

    def of_mail(self, **lookups: object) -> Q:
        return Q(**{self.mail + lookup: value for lookup, value in lookups.items()})

    def stages(self) -> dict[str, Q]:
        """Who reached each stage or a later one; what was withdrawn is in none of them."""
        living = self.base & self.of_award(revoked_at=None)
        accepted = living & self.of_award(state=AssertionState.ACCEPTED)
        declined = living & self.of_award(state=AssertionState.DECLINED)
        opened = accepted | declined | (living & self.of_award(opened_at__isnull=False))
        delivered = opened | (living & self.of_mail(delivery=Delivery.DELIVERED))
        # Without a mail of ours the award was handed over in another way, or its mail was forgotten since.
        gone = self.of_mail(state=MessageState.SENT) | self.of_mail(state__isnull=True)
        failed = living & self.of_mail(state=MessageState.FAILED) & ~opened
        bounced = living & self.of_mail(delivery=Delivery.BOUNCED) & ~opened
        return {
            "sent": opened | (living & gone),
            "delivered": delivered,
            "rejected": failed | bounced,
            "opened": opened,
            "accepted": accepted,
            "declined": declined,
        }

    def filters(self) -> dict[str, Q]:
        living = self.base & self.of_award(revoked_at=None)
        return {
            **self.stages(),
            "pending": living & self.of_award(state=AssertionState.PENDING),
            "queued": living & self.of_mail(state__in=WAITING),
            "reminded": living & self.of_award(reminders__gt=0),
            "revoked": self.base & self.of_award(revoked_at__isnull=False),
            "forwarded": living & Q(forwarded=True),
            "unsubscribed": living & Q(unsubscribed=True),
        }


OF_LINE = Paths("assertion__", "message__", Q(outcome=LineOutcome.CREATED))
OF_AWARD = Paths("", "origin__message__", Q())


@dataclass(frozen=True)
class Verdict:
    """A state in words, and its colour: ok, late or no."""

    text: str
    kind: str


@dataclass(frozen=True)
class Person:
    """One row: `line` and its outcome are of a list, the award may be missing, the mail too."""

    line: BatchLine | None
    award: Assertion | None
    mail: Message | None
    forwarded: bool

    @property
    def number(self) -> int | None:
        return self.line.number if self.line else None

    @property
    def name(self) -> str:
        return (self.award.recipient_name if self.award else "") or (self.line.name if self.line else "")

    @property
    def address(self) -> str:
        return self.award.recipient_address if self.award else (self.line.value if self.line else "")

    @property
    def verdict(self) -> Verdict:
        if self.line and self.line.outcome != LineOutcome.CREATED:
            return _of_outcome(self.line)
        if self.award is None:
            return Verdict(_("Erased"), "no")
        return _of_answer(self.award) or _on_the_way(self.award, self.mail, forwarded=self.forwarded)

    @property
    def changed_at(self) -> datetime | None:
        """The last thing that happened; when a holder shows or hides a badge is not among them."""
        if self.award is None or (self.line and self.line.outcome != LineOutcome.CREATED):
            return None
        award, mail = self.award, self.mail
        dates = [award.revoked_at, award.accepted_at, award.declined_at, award.opened_at, award.reminded_at]
        dates.append(mail.sent_at if mail else None)
        return max((date for date in dates if date), default=award.issued_at)


@dataclass(frozen=True)
class Followed:
    """What is followed: one list, or all the awards of a badge."""

    badge_class: BadgeClass
    batch: Batch | None = None

    @property
    def paths(self) -> Paths:
        return OF_LINE if self.batch else OF_AWARD

    @property
    def key(self) -> int:
        return self.batch.pk if self.batch else self.badge_class.pk

    @property
    def model(self) -> str:
        return "batch" if self.batch else "badgeclass"

    @property
    def states(self) -> list[tuple[str, str]]:
        return [*_states(), *(_outcomes() if self.batch else [])]

    def rows(self) -> QuerySet:
        if self.batch:
            return self.batch.lines.order_by("number")
        return _with_mail(self.badge_class.assertions.all()).order_by("-pk")

    def awards(self, text: str = "", state: str = "") -> AssertionQuerySet:
        """The awards that were made for these people; of a list, not those that they had before."""
        found = self.found(text, state)
        if self.batch is None:
            return Assertion.objects.filter(pk__in=found.order_by().values("pk"))
        made = found.filter(outcome=LineOutcome.CREATED, assertion__isnull=False)
        return Assertion.objects.filter(pk__in=made.order_by().values("assertion"))

    def found(self, text: str, state: str) -> QuerySet:
        """The rows in `state` whose name or address matches."""
        rows = self._annotated(self.rows())
        if state in LineOutcome.values and self.batch:
            rows = rows.filter(outcome=state)
        elif state:
            rows = rows.filter(self.paths.filters()[state])
        return rows.filter(self._matching(text)) if text else rows

    def people(self, rows: QuerySet) -> QuerySet:
        related = ("assertion", "message") if self.batch else ("origin__message",)
        return rows.select_related(*related)

    def person(self, row: BatchLine | Assertion) -> Person:
        forwarded = bool(getattr(row, "forwarded", False))
        if isinstance(row, BatchLine):
            return Person(row, row.assertion, row.message, forwarded)
        origin = getattr(row, "origin", None)
        return Person(None, row, origin.message if origin else None, forwarded)

    def _annotated(self, rows: QuerySet) -> QuerySet:
        award = "assertion_id" if self.batch else "pk"
        address = "assertion__folded_address" if self.batch else "folded_address"
        forwards = AwardEvent.objects.filter(kind=EventKind.FORWARDED, assertion=OuterRef(award))
        refusals = OptOut.objects.filter(issuer=self.badge_class.issuer_id, folded_address=OuterRef(address))
        return rows.annotate(forwarded=Exists(forwards), unsubscribed=Exists(refusals))

    def _matching(self, text: str) -> Q:
        found = self.paths.of_award(folded_address__contains=fold_address(text))
        words = fold(text).split()
        if words:
            named = Q()
            for word in words:
                named &= self.paths.of_award(folded_name__contains=word)
            found |= named
        return found | Q(value__icontains=text) | Q(name__icontains=text) if self.batch else found


def _with_mail(awards: QuerySet) -> QuerySet:
    made = Q(lines__outcome=LineOutcome.CREATED)
    return awards.annotate(origin=FilteredRelation("lines", condition=made))


def _of_outcome(line: BatchLine) -> Verdict:
    if line.outcome in {LineOutcome.INVALID, LineOutcome.IGNORED} and line.reason:
        return Verdict(line.reason, "no" if line.outcome == LineOutcome.INVALID else "late")
    return Verdict(_("Prepared") if line.outcome == LineOutcome.READY else line.get_outcome_display(), "late")


def _of_answer(award: Assertion) -> Verdict | None:
    if award.is_revoked:
        return Verdict(_("Revoked"), "no")
    if award.is_expired:
        # The filters go by the answer: it is told with the end.
        return Verdict(_("%(state)s, expired") % {"state": award.get_state_display()}, "late")
    kinds = {AssertionState.ACCEPTED: "ok", AssertionState.DECLINED: "no"}
    kind = kinds.get(AssertionState(award.state))
    return Verdict(award.get_state_display(), kind) if kind else None


def _on_the_way(award: Assertion, mail: Message | None, *, forwarded: bool) -> Verdict:
    if award.opened_at:
        return Verdict(_("Page opened"), "late")
    if mail and (mail.state == MessageState.FAILED or mail.delivery == Delivery.BOUNCED):
        return Verdict(_("Rejected by the server"), "no")
    if forwarded:
        return Verdict(_("Forwarded"), "late")
    if mail and mail.delivery == Delivery.DELIVERED:
        return Verdict(_("Delivered"), "late")
    if mail is None or mail.state == MessageState.SENT:
        return Verdict(_("Sent (delivery not tracked)"), "late")
    return Verdict(mail.get_state_display(), "late")


def _states() -> list[tuple[str, str]]:
    return [
        ("pending", _("Without an answer")),
        ("queued", _("Mail queued")),
        ("sent", _("Sent")),
        ("delivered", _("Delivered")),
        ("rejected", _("Rejected by the server")),
        ("opened", _("Page opened")),
        ("accepted", _("Accepted")),
        ("declined", _("Declined")),
        ("forwarded", _("Forwarded")),
        ("reminded", _("Reminded")),
        ("unsubscribed", _("Wants no more e-mails")),
        ("revoked", _("Revoked")),
    ]


def _outcomes() -> list[tuple[str, str]]:
    shown = [
        LineOutcome.ALREADY,
        LineOutcome.DUPLICATE,
        LineOutcome.SHARED,
        LineOutcome.SUSPECT,
        LineOutcome.INVALID,
        LineOutcome.IGNORED,
        LineOutcome.CANCELLED,
    ]
    return [(LineOutcome.READY.value, _("Prepared")), *((one.value, str(one.label)) for one in shown)]
