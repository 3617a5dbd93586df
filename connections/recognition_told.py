"""Notifications of recognition in words. What a person may not see any more has no line."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from badges.models import Assertion
from connections.enums import RecognitionState
from connections.models import Congratulation, Recognition, RecognitionRequest
from connections.querysets import profiles_open_to
from notifications.models import Notification
from notifications.registry import Line

Lines = Mapping[int, Line]
Told = Sequence[Notification]
BADGE = ("assertion__badge_class", "assertion__version")


def congratulated(person: AbstractBaseUser, notifications: Told) -> Lines:
    """Subject: the badge; actor: who congratulates."""
    rows = Congratulation.objects.counted().filter(
        assertion__holder=person, assertion__uid__in=_uids(notifications)
    )
    found = {
        (str(row.assertion.uid), row.author_id): row for row in rows.select_related("author__profile", *BADGE)
    }

    def line(told: Notification) -> Line | None:
        row = found.get((told.subject, told.actor_id))
        if row is None:
            return None
        words = {"name": row.author.name or _("A member"), "badge": row.assertion.recognises.name}
        return Line(_("%(name)s congratulates you on your badge “%(badge)s”") % words, _tab(row.assertion))

    return _lines(notifications, line)


def waiting(person: AbstractBaseUser, notifications: Told) -> Lines:
    """Subject: the recommendation, while it waits."""
    rows = Recognition.objects.received_by(person).filter(state=RecognitionState.WAITING)
    found = _by_uid(rows.select_related(*BADGE), notifications)

    def line(told: Notification) -> Line | None:
        row = found.get(told.subject)
        if row is None:
            return None
        if row.assertion is None:
            words = {"name": row.author_name, "skill": row.skill}
            sentence = _("%(name)s recommends your skill “%(skill)s”: read it and answer") % words
            return Line(sentence, reverse("recognition:index"))
        words = {"name": row.author_name, "badge": row.about}
        sentence = _("%(name)s recommends your badge “%(badge)s”: read it and answer") % words
        return Line(sentence, _tab(row.assertion))

    return _lines(notifications, line)


def accepted(person: AbstractBaseUser, notifications: Told) -> Lines:
    """Subject: the recommendation that `person` wrote. Of what they do not see any more nothing is told."""
    rows = Recognition.objects.living().written_by(person).filter(state=RecognitionState.ACCEPTED)
    seen = Assertion.objects.visible_to(person)
    of_skill = Q(assertion=None, holder__in=profiles_open_to(person).values("user"))
    rows = rows.filter(Q(assertion__in=seen) | Q(request__isnull=False) | of_skill)
    found = _by_uid(rows.select_related("holder__profile", *BADGE), notifications)

    def line(told: Notification) -> Line | None:
        row = found.get(told.subject)
        if row is None:
            return None
        name = row.holder.name or _("A member")
        if row.assertion is None:
            sentence = _("%(name)s has accepted your recommendation of the skill “%(skill)s”")
            return Line(sentence % {"name": name, "skill": row.skill}, row.get_absolute_url())
        sentence = _("%(name)s has accepted your recommendation of the badge “%(badge)s”")
        return Line(sentence % {"name": name, "badge": row.about}, row.get_absolute_url())

    return _lines(notifications, line)


def asked(person: AbstractBaseUser, notifications: Told) -> Lines:
    """Subject: the request, while it can be answered."""
    rows = RecognitionRequest.objects.put_to(person).answerable()
    found = _by_uid(rows.select_related("holder__profile", *BADGE), notifications)

    def line(told: Notification) -> Line | None:
        row = found.get(told.subject)
        if row is None:
            return None
        words = {"name": row.holder.name or _("A member"), "badge": row.assertion.recognises.name}
        sentence = _("%(name)s asks you to recommend their badge “%(badge)s”") % words
        return Line(sentence, row.get_absolute_url())

    return _lines(notifications, line)


def _lines(notifications: Told, line: Callable[[Notification], Line | None]) -> Lines:
    told = ((notification.pk, line(notification)) for notification in notifications)
    return {key: said for key, said in told if said}


def _by_uid(rows: QuerySet, notifications: Told) -> dict[str, Any]:
    return {str(row.uid): row for row in rows.filter(uid__in=_uids(notifications))}


def _uids(notifications: Told) -> list[UUID]:
    return [UUID(notification.subject) for notification in notifications]


def _tab(assertion: Assertion) -> str:
    return reverse("recognition:badge", args=[assertion.uid])
