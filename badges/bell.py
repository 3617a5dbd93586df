"""What the bell says of one's badges. Each reads the awards anew: what was answered, mended or lost is left out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from badges.models import Assertion
from badges.querysets import AssertionQuerySet
from notifications.models import Notification
from notifications.registry import Line


def expiry_subject(uid: UUID, end: datetime) -> str:
    """The award and the day of its end: with another end it is told anew, and what was told is not true any more."""
    return f"{uid}:{timezone.localtime(end).date().isoformat()}"


def waiting(person: AbstractBaseUser, rows: Sequence[Notification]) -> Mapping[int, Line]:
    """Badges that wait for an answer."""
    return _lines(Assertion.objects.pending_for(person), rows, _waiting)


def revoked(person: AbstractBaseUser, rows: Sequence[Notification]) -> Mapping[int, Line]:
    """Badges of the person that their issuer has withdrawn."""
    return _lines(Assertion.objects.held_by(person).exclude(revoked_at=None), rows, _revoked)


def expiring(person: AbstractBaseUser, rows: Sequence[Notification]) -> Mapping[int, Line]:
    """Badges of the person that come to their end, or have come to it."""
    return _lines(Assertion.objects.held_by(person).valid(), rows, _expiring)


def _lines(
    awards: AssertionQuerySet,
    rows: Sequence[Notification],
    say: Callable[[Assertion, Notification], Line | None],
) -> dict[int, Line]:
    wanted = {row.subject.partition(":")[0] for row in rows}
    found = awards.filter(uid__in=wanted).select_related("badge_class__issuer", "version")
    by_uid = {str(award.uid): award for award in found}
    lines = {
        row.pk: say(by_uid[uid], row) for row in rows if (uid := row.subject.partition(":")[0]) in by_uid
    }
    return {pk: line for pk, line in lines.items() if line}


def _waiting(assertion: Assertion, row: Notification) -> Line:
    text = _("The badge “%(badge)s” of %(issuer)s is waiting for your answer")
    return Line(_named(text, assertion), assertion.get_absolute_url())


def _revoked(assertion: Assertion, row: Notification) -> Line:
    text = _("%(issuer)s has revoked your badge “%(badge)s”")
    return Line(_named(text, assertion), assertion.get_absolute_url())


def _expiring(assertion: Assertion, row: Notification) -> Line | None:
    end = assertion.expires_at
    if end is None or row.subject != expiry_subject(assertion.uid, end):
        return None
    if assertion.is_expired:
        text = _("Your badge “%(badge)s” expired on %(date)s")
    else:
        text = _("Your badge “%(badge)s” expires on %(date)s")
    day = date_format(timezone.localtime(end), "DATE_FORMAT")
    return Line(_named(text, assertion, date=day), assertion.get_absolute_url())


def _named(text: str, assertion: Assertion, **words: str) -> str:
    return text % {
        "badge": assertion.recognises.name,
        "issuer": assertion.badge_class.issuer.name,
        **words,
    }
